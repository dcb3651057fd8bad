"""How a sentence was read, as text and as a drawing."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from detente.acts import Act

#: What each colour of a span stands for.
_COLOURS = {
    "actor": "#b3d4fc",
    "recipient": "#fcd7b3",
    "third": "#e3e3e3",
    "words": "#cdeac0",
    "cue": "#f6c6ea",
}

#: Height of a step of an arc, width of a letter and least width of a word, in pixels.
_STEP, _LETTER, _LEAST = 18, 9, 40


class Explanation:
    """How a sentence was read: tree, rule and spans.

    ``str()`` gives the text of ``detente explain``; in a notebook it draws itself.
    """

    def __init__(self, found: dict[str, Any]) -> None:
        self.sentence: str = found["sentence"]
        #: The text of ``detente explain``.
        self.text: str = found["text"]
        #: Each sentence with its words: form, lemma, part of speech, number of the head, relation.
        self.readings: list[dict[str, Any]] = found["readings"]
        #: The acts.
        self.acts: list[Act] = [Act.from_json(json.dumps(act, ensure_ascii=False)) for act in found["acts"]]
        #: The circumstances: claims, strained relations, what is in force.
        self.standings: list[dict[str, Any]] = found["standings"]
        #: For each act the example sentence that is its rule; nothing where no rule coded it.
        self.rules: list[str | None] = found["rules"]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<detente.Explanation of {self.sentence!r}: {len(self.acts)} acts>"

    def _repr_html_(self) -> str:
        parts = [_tree(reading) for reading in self.readings]
        for act, rule in zip(self.acts, self.rules):
            said = f"rule: <i>{escape(rule)}</i> ({escape(act.rule)})" if rule else f"by {escape(act.rule)}"
            parts.append(
                f'<div style="margin:0.8em 0"><b>{escape(str(act))}</b><br/>{self._marked(act)}<br/>'
                f"<small>{said}; confidence {act.confidence:.2f}</small></div>"
            )
        if not self.acts:
            parts.append(f"<pre>{escape(self.text)}</pre>")
        legend = " ".join(
            f'<span style="background:{colour};padding:0 0.3em">{role}</span>' for role, colour in _COLOURS.items()
        )
        return f"<div>{''.join(parts)}<small>{legend}</small></div>"

    def _marked(self, act: Act) -> str:
        """The sentence with the act's spans in colour."""
        roles: list[str | None] = [None] * len(self.sentence)
        spans: list[tuple[str, int, int]] = [("cue", cue.start, cue.end) for cue in act.cues]
        spans += [("words", span.start, span.end) for span in act.matched]
        for side, parties in (("third", act.third), ("recipient", act.recipient), ("actor", act.actor)):
            spans += [(side, party.start, party.end) for party in parties]
        for part, start, end in spans:
            for at in range(start, min(end, len(roles))):
                roles[at] = part
        out, at = [], 0
        while at < len(roles):
            end = at
            while end < len(roles) and roles[end] == roles[at]:
                end += 1
            words = escape(self.sentence[at:end])
            role = roles[at]
            out.append(words if role is None else f'<span style="background:{_COLOURS[role]}">{words}</span>')
            at = end
        return "".join(out)


def _tree(reading: dict[str, Any]) -> str:
    """The tree of a sentence as arcs over its words."""
    words = reading["words"]
    centres, at = [], 10
    for word in words:
        width = max(_LEAST, _LETTER * max(len(word["form"]), len(word["upos"])))
        centres.append(at + width / 2)
        at += width + 6
    longest = max((abs(word["head"] - number) for number, word in enumerate(words, 1) if word["head"]), default=1)
    base = _STEP * (min(longest, 8) + 1) + 14
    out = []
    for number, word in enumerate(words, 1):
        x = centres[number - 1]
        out.append(f'<text x="{x}" y="{base + 16}" text-anchor="middle">{escape(word["form"])}</text>')
        out.append(f'<text x="{x}" y="{base + 32}" text-anchor="middle" fill="#777">{escape(word["upos"])}</text>')
        if word["head"] == 0:
            out.append(f'<text x="{x}" y="12" text-anchor="middle" fill="#a00">root</text>')
            out.append(f'<path d="M{x},16 V{base}" stroke="#a00" fill="none"/>')
            continue
        head = centres[word["head"] - 1]
        top = base - _STEP * min(abs(word["head"] - number), 8)
        out.append(
            f'<path d="M{head},{base} C{head},{top} {x},{top} {x},{base}" stroke="#555" fill="none"/>'
            f'<text x="{(head + x) / 2}" y="{base - (base - top) * 0.75 - 3}" text-anchor="middle" fill="#555">'
            f"{escape(word['relation'])}</text>"
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{at}" height="{base + 40}" font-family="sans-serif" '
        f'font-size="11">{"".join(out)}</svg>'
    )
