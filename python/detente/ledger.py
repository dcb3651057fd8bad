"""A ledger that ``detente add`` made, to be read and asked."""

from __future__ import annotations

import json
import os
from datetime import date as Date
from typing import Any

from detente import _detente

Day = str | Date


class Standing:
    """Where a pair, a state or an affair stands: ``affairs`` and ``acts`` as dicts, ``str()`` as text."""

    def __init__(self, found: str, text: str) -> None:
        answer = json.loads(found)
        #: The affairs, in order of parties and kind.
        self.affairs: list[dict[str, Any]] = answer["affairs"]
        #: The latest acts, or those of the one affair.
        self.acts: list[dict[str, Any]] = answer["acts"]
        #: What a terminal shows.
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<detente.Standing: {len(self.affairs)} affairs, {len(self.acts)} acts>"


class Ledger:
    """A ledger, opened to be read; ``detente add LEDGER SOURCES`` makes one and adds to it.

    States and organisations are named by code, name or adjective: ``"JPN"``, ``"Japan"``,
    ``"Japanese"``. ``as_of`` asks how it was on a day, ``known_by`` what was known on a day.
    Tables speak the Arrow PyCapsule interface: ``pyarrow.table(ledger.acts())``.

    >>> import detente
    >>> detente.Ledger("nowhere.db")
    Traceback (most recent call last):
    ...
    detente.errors.LedgerError: nowhere.db: no such ledger
      hint: make it with `detente add LEDGER SOURCE...`, or check the name
    """

    def __init__(self, path: str | os.PathLike[str], lexicon: str | os.PathLike[str] | None = None) -> None:
        self._ledger = _detente.Ledger(path, lexicon=lexicon)

    def status(self) -> dict[str, Any]:
        """What is in it, when it was last fed, what failed."""
        status: dict[str, Any] = json.loads(self._ledger.status())
        return status

    def show(
        self, *who: str, as_of: Day | None = None, known_by: Day | None = None, acts: int = 10
    ) -> Standing:
        """Where matters stand of a state or between a pair, with the latest acts."""
        return Standing(*self._ledger.show(_asked(who, as_of, known_by, latest=acts)))

    def affair(self, id: str, *, as_of: Day | None = None, known_by: Day | None = None) -> Standing:
        """One affair by its id, or the beginning of it, with all its acts."""
        return Standing(*self._ledger.affair(id, _asked((), as_of, known_by)))

    def affairs(self, *who: str, as_of: Day | None = None, known_by: Day | None = None) -> _detente.Table:
        """Affairs as a table: one row each, all of it as JSON in the last column."""
        return self._ledger.affairs(_asked(who, as_of, known_by))

    def acts(
        self,
        *who: str,
        start: Day | None = None,
        until: Day | None = None,
        as_of: Day | None = None,
        known_by: Day | None = None,
        latest: int | None = None,
    ) -> _detente.Table:
        """Acts as a table, in order of time, one for all reports of it.

        The columns are those of :meth:`Coder.code_batch`, and ``day``, ``learned``, ``reports``
        (how many articles tell it) and ``against`` (denied, corrected, retracted).
        """
        return self._ledger.acts(_asked(who, as_of, known_by, start, until, latest))

    def count(
        self,
        *who: str,
        period: str = "month",
        by: str = "quad",
        directed: bool = False,
        start: Day | None = None,
        until: Day | None = None,
        as_of: Day | None = None,
        known_by: Day | None = None,
    ) -> _detente.Table:
        """How many acts took place in each ``day``, ``month`` or ``year``, by ``quad`` class or ``type``."""
        return self._ledger.count(_asked(who, as_of, known_by, start, until), period, by, directed)

    def timeline(
        self,
        *who: str,
        start: Day | None = None,
        until: Day | None = None,
        as_of: Day | None = None,
        known_by: Day | None = None,
    ) -> _detente.Table:
        """Acts and turns of affairs, in order of time."""
        return self._ledger.timeline(_asked(who, as_of, known_by, start, until))

    def search(
        self, words: str, *who: str, as_of: Day | None = None, known_by: Day | None = None, most: int = 20
    ) -> _detente.Table:
        """Sentences that hold all the words, the best first, with the acts that they show."""
        return self._ledger.search(words, _asked(who, as_of, known_by, latest=most))


def _asked(
    who: tuple[str, ...],
    as_of: Day | None = None,
    known_by: Day | None = None,
    start: Day | None = None,
    until: Day | None = None,
    latest: int | None = None,
) -> dict[str, Any]:
    def day(given: Day | None) -> str | None:
        return None if given is None else str(given)

    return {
        "who": list(who),
        "as_of": day(as_of),
        "known_by": day(known_by),
        "from": day(start),
        "until": day(until),
        "latest": latest,
    }
