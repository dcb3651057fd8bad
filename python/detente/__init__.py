"""Reads news articles and tells what each state did to which other, and which words say so.

>>> import detente
>>> acts = detente.code("Norway imposed sanctions on Finland on Monday.", date="2024-05-03")
>>> print(acts[0])
NOR -> FIN: SANCTION, 2024-04-29

A :class:`Coder` codes whole tables; a :class:`Ledger` that ``detente add`` made answers questions;
:func:`explain` shows how a sentence was read. ``detente.spark`` does the same on a cluster.
"""

from detente._detente import Table, __version__
from detente.acts import Act, Attribution, CiteInfo, Cue, Location, Party, Repeat, Span, TextInfo
from detente.coder import Coder, code, explain, score
from detente.errors import Error, InputError, InputWarning, LedgerError, LexiconError
from detente.explanation import Explanation
from detente.ledger import Ledger, Standing

__all__ = [
    "Act",
    "Attribution",
    "CiteInfo",
    "Coder",
    "Cue",
    "Error",
    "Explanation",
    "InputError",
    "InputWarning",
    "Ledger",
    "LedgerError",
    "LexiconError",
    "Location",
    "Party",
    "Repeat",
    "Span",
    "Standing",
    "Table",
    "TextInfo",
    "__version__",
    "code",
    "explain",
    "score",
]
