"""What goes wrong, in the words of the program."""

from __future__ import annotations

import warnings
from collections.abc import Iterable


class Error(Exception):
    """Something went wrong; ``message`` says what and where, ``hint`` what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n  hint: {self.hint}"


class InputError(Error, ValueError):
    """Something that was given cannot be used.

    >>> import detente
    >>> detente.code("  ")
    Traceback (most recent call last):
    ...
    detente.errors.InputError: no article text
      hint: give the text of an article
    """


class LexiconError(Error, ValueError):
    """The lexicon cannot be loaded, most often a file of the user's folder."""


class LedgerError(Error, OSError):
    """A ledger cannot be read, or what is asked for is not in it."""


class InputWarning(UserWarning):
    """Something of the input was left out, or is to be known of it; the rest was done."""


def warn(remarks: Iterable[tuple[str, str | None]], stacklevel: int = 3) -> None:
    """Warns of what is to be said of articles."""
    for message, hint in remarks:
        text = message if hint is None else f"{message}\n  hint: {hint}"
        warnings.warn(text, InputWarning, stacklevel=stacklevel)
