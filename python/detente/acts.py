"""Acts: who did what to whom, when, on whose word, in which characters of which article."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Span:
    """A stretch of a text, in characters from 0; ``text[span.start:span.end]`` are its words."""

    start: int
    end: int


@dataclass(frozen=True)
class Party:
    """One side of an act."""

    code: str | None
    sector: list[str]
    name: str | None
    office: str | None
    entity_text: str
    start: int
    end: int
    via: str
    antecedent: Span | None = None


@dataclass(frozen=True)
class Attribution:
    """On whose word an act stands: ``article``, ``statement`` or ``quotation``, and the speaker."""

    speaker: str | None
    kind: str
    code: str | None = None


@dataclass(frozen=True)
class Location:
    """The place of an act."""

    extracted_place: str
    start: int
    end: int
    resolved_place: str
    country_code: str | None
    lat: float | None
    lon: float | None
    resolution: int


@dataclass(frozen=True)
class TextInfo:
    """Where the act's sentence stands: ``title`` or ``text``, its number, its characters."""

    field: str
    sequence: int
    start: int
    end: int


@dataclass(frozen=True)
class Cue:
    """Words that made the act denied, intended, requested, possible, reported, dated or background."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Repeat:
    """Where the article says it again."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class CiteInfo:
    """Where the article was published."""

    title: str | None = None
    url: str | None = None
    publication: str | None = None


@dataclass(frozen=True)
class Act:
    """One act: what one side does to another once.

    The attributes are the fields of its PLOVER JSON, which :meth:`to_json` gives whole.

    >>> import detente
    >>> text = "Norway imposed sanctions on Finland, the minister said."
    >>> [act] = detente.code(text)
    >>> act.type, act.actor[0].code, act.recipient[0].code, act.factuality
    ('SANCTION', 'NOR', 'FIN', 'actual')
    >>> text[act.evidence.start : act.evidence.end]
    'Norway imposed sanctions on Finland'
    >>> detente.Act.from_json(act.to_json()) == act
    True
    """

    id: str
    article: str
    date: datetime.date | None
    date_precision: str
    date_reported: datetime.date | None
    event: list[str]
    about: str | None
    mode: list[str]
    context: list[str]
    quad_code: int
    event_scale: float
    actor: list[Party]
    recipient: list[Party]
    third: list[Party]
    factuality: str
    epoch: str
    attribution: Attribution
    because_of: str | dict[str, Any] | None
    content_of: str | None
    event_loc: Location | None
    event_text: str
    evidence: Span
    matched: list[Span]
    text_info: TextInfo
    cues: list[Cue]
    repeats: list[Repeat]
    subject: str | None
    rule: str
    confidence: float
    link: str | None
    cite_info: CiteInfo
    coder: str
    version: str
    _json: str = field(repr=False)

    @property
    def type(self) -> str:
        """The PLOVER type."""
        return self.event[0]

    @property
    def actors(self) -> list[str]:
        """Codes of those who act."""
        return [party.code for party in self.actor if party.code]

    @property
    def recipients(self) -> list[str]:
        """Codes of those who are acted upon."""
        return [party.code for party in self.recipient if party.code]

    def to_json(self) -> str:
        """The act as PLOVER JSON: the line that ``detente code`` writes."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The act as PLOVER JSON, read."""
        act: dict[str, Any] = json.loads(self._json)
        return act

    @classmethod
    def from_json(cls, line: str) -> Act:
        """Reads the line that :meth:`to_json` or ``detente code`` writes, or the column ``json`` of a table of acts."""
        act = json.loads(line)
        return cls(
            id=act["id"],
            article=act["article"],
            date=_day(act["date"]),
            date_precision=act["date_precision"],
            date_reported=_day(act["date_reported"]),
            event=act["event"],
            about=act["about"],
            mode=act["mode"],
            context=act["context"],
            quad_code=act["quad_code"],
            event_scale=act["event_scale"],
            actor=[_party(party) for party in act["actor"]],
            recipient=[_party(party) for party in act["recipient"]],
            third=[_party(party) for party in act["third"]],
            factuality=act["factuality"],
            epoch=act["epoch"],
            attribution=Attribution(**act["attribution"]),
            because_of=act["because_of"],
            content_of=act.get("content_of"),
            event_loc=Location(**act["event_loc"]) if act["event_loc"] else None,
            event_text=act["event_text"],
            evidence=Span(**act["evidence"]),
            matched=[Span(**span) for span in act["matched"]],
            text_info=TextInfo(**act["text_info"]),
            cues=[Cue(**cue) for cue in act["cues"]],
            repeats=[Repeat(**repeat) for repeat in act["repeats"]],
            subject=act["subject"],
            rule=act["rule"],
            confidence=act["confidence"],
            link=act["link"],
            cite_info=CiteInfo(**act["cite_info"]),
            coder=act["coder"],
            version=act["version"],
            _json=line.rstrip("\n"),
        )

    def __str__(self) -> str:
        actors = ", ".join(party.code or f"“{party.entity_text}”" for party in self.actor) or "?"
        recipients = ", ".join(party.code or f"“{party.entity_text}”" for party in self.recipient)
        sides = f"{actors} -> {recipients}" if recipients else actors
        kind = self.type if self.factuality == "actual" else f"{self.type} ({self.factuality})"
        return f"{sides}: {kind}, {_shown(self.date, self.date_precision)}"


def _party(party: dict[str, Any]) -> Party:
    antecedent = party.get("antecedent")
    return Party(**{**party, "antecedent": Span(**antecedent) if antecedent else None})


def _day(words: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(words) if words else None


def _shown(day: datetime.date | None, precision: str) -> str:
    if day is None:
        return "no date"
    return day.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]
