"""The coder: texts and tables of articles in, acts out."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date as Date
from functools import lru_cache
from typing import Any

from detente import _detente
from detente.acts import Act
from detente.errors import warn
from detente.explanation import Explanation


class Coder:
    """Codes articles. Making one loads grammar and lexicon, which takes a moment: make it once.

    ``lexicon`` is a folder of your own files, laid over those of the release (docs/lexicon.md);
    ``threads`` how many cores are used, all unless told. The acts are the same with any number.

    >>> import detente
    >>> coder = detente.Coder(threads=1)
    >>> [str(act) for act in coder.code("Norway and Finland signed a treaty.", date="2024-05-03")]
    ['NOR, FIN: COOPERATE, 2024-05-03']
    """

    def __init__(self, lexicon: str | os.PathLike[str] | None = None, threads: int | None = None) -> None:
        self._coder = _detente.Coder(lexicon=lexicon, threads=threads)

    @property
    def vintage(self) -> tuple[str, str, str]:
        """Which coder it is: the version, and fingerprints of the lexicon and the model."""
        return self._coder.vintage

    def code(
        self,
        text: str,
        date: str | Date | None = None,
        *,
        id: str | None = None,
        title: str | None = None,
        source: str | None = None,
        url: str | None = None,
    ) -> list[Act]:
        """The acts of one article.

        ``date`` is its day of publication: *on Friday* counts from there. Without an ``id`` the
        article is called by a hash of its words. What is to be said of it is an :class:`InputWarning`.
        """
        acts, remarks = self._coder.code(
            text, id=id, title=title, date=None if date is None else str(date), source=source, url=url
        )
        warn(remarks)
        return [Act.from_json(act) for act in acts]

    def code_batch(self, table: Any, columns: Mapping[str, str] | None = None) -> _detente.Table:
        """The acts of a table of articles: one row an act, in the order of the articles.

        ``table`` is anything that speaks the Arrow PyCapsule interface: a table, batch or reader of
        pyarrow, a data frame of polars or pandas, a relation of DuckDB. Its columns ``id``, ``title``,
        ``date``, ``url``, ``source``, ``author`` and ``text`` (or ``body``, ``event_text``) are read;
        ``columns`` gives other names: ``{"text": "Content"}``. What comes back does the same.

        >>> import detente, pyarrow
        >>> news = pyarrow.table({"id": ["a"], "Content": ["Norway imposed sanctions on Finland."]})
        >>> acts = pyarrow.table(detente.Coder().code_batch(news, columns={"text": "Content"}))
        >>> acts.select(["article", "actor", "type", "recipient"]).to_pylist()
        [{'article': 'a', 'actor': 'NOR', 'type': 'SANCTION', 'recipient': 'FIN'}]

        The interpreter is free for other threads while articles are coded.
        """
        acts, remarks = self._coder.code_batch(table, dict(columns or {}))
        warn(remarks)
        return acts

    def code_articles(self, table: Any, columns: Mapping[str, str] | None = None) -> _detente.Table:
        """The table of articles with one column more, ``coded``: all that each article is coded to, as JSON.

        Written to Parquet, ``detente add`` takes it into a ledger without coding again.
        """
        coded, remarks = self._coder.code_articles(table, dict(columns or {}))
        warn(remarks)
        return coded

    def explain(self, sentence: str, date: str | Date | None = None) -> Explanation:
        """How a sentence was read: its tree, the rule, each span. Draws itself in a notebook."""
        found = self._coder.explain(sentence, date=None if date is None else str(date))
        return Explanation(json.loads(found))

    def score(self, gold: str | os.PathLike[str], texts: str | os.PathLike[str] | None = None) -> dict[str, Any]:
        """Precision, recall and F1 against a gold file, as ``detente score`` gives them.

        ``texts`` are the articles as JSON lines, ``articles.jsonl`` beside ``gold`` unless told;
        sentences stand in ``gold`` itself.
        """
        found = json.loads(_detente.score(self._coder, gold, texts))
        warn(
            (f"{id}: its text is not there", "name the file that holds the texts of the gold")
            for id in found["without_text"]
        )
        figures: dict[str, Any] = found["score"]
        return figures


@lru_cache(maxsize=4)
def _coder(lexicon: str | None) -> Coder:
    return Coder(lexicon)


def _of(lexicon: str | os.PathLike[str] | None) -> Coder:
    return _coder(None if lexicon is None else os.fspath(lexicon))


def code(
    text: str,
    date: str | Date | None = None,
    *,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    lexicon: str | os.PathLike[str] | None = None,
) -> list[Act]:
    """The acts of one article; see :meth:`Coder.code`.

    >>> import detente
    >>> [act] = detente.code("On Friday Norway will impose sanctions on Finland.", date="2024-05-02")
    >>> act.factuality, act.date.isoformat()
    ('intended', '2024-05-03')
    """
    return _of(lexicon).code(text, date, id=id, title=title, source=source, url=url)


def explain(
    sentence: str, date: str | Date | None = None, *, lexicon: str | os.PathLike[str] | None = None
) -> Explanation:
    """How a sentence was read; see :meth:`Coder.explain`.

    >>> import detente
    >>> explanation = detente.explain("Norway imposed sanctions on Finland.")
    >>> [word["form"] for word in explanation.readings[0]["words"] if word["head"] == 0]
    ['imposed']
    >>> "Ruritania" in explanation.rules[0]
    True
    """
    return _of(lexicon).explain(sentence, date)


def score(
    gold: str | os.PathLike[str],
    texts: str | os.PathLike[str] | None = None,
    *,
    lexicon: str | os.PathLike[str] | None = None,
) -> dict[str, Any]:
    """Precision, recall and F1 against a gold file; see :meth:`Coder.score`."""
    return _of(lexicon).score(gold, texts)
