#!/usr/bin/env python3
"""Says the lexicon's rule examples in other words around them, and counts which of them still code to the same act.

usage: bench/variants.py PROGRAM [PAGE]

Each example of lexicon/acts between two states is told with real states, and then as news tells things: behind a dateline, with a day and
no preposition, with an apposition, reported by somebody. An example counts where it codes as it stands; a variant is lost where no act of
the same type between the same two comes out. What was lost goes to standard error, a line each. With PAGE the table is written there too.
"""

import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

STATES = [
    ("Chad", "Chadian", "Sudan", "Sudanese", "TCD", "SDN"),
    ("Norway", "Norwegian", "Hungary", "Hungarian", "NOR", "HUN"),
    ("South Korea", "South Korean", "North Macedonia", "North Macedonian", "KOR", "MKD"),
    ("Tokyo", "Japanese", "Pyongyang", "North Korean", "JPN", "PRK"),
    ("Turkey", "Turkish", "Greece", "Greek", "TUR", "GRC"),
    ("India", "Indian", "China", "Chinese", "IND", "CHN"),
]
MUTUAL = {"CONSULT", "COOPERATE", "AGREE", "RETREAT"}
# What stands before the sentence, behind it, right behind who acts and who is acted upon, or in the place of who acts.
BEFORE = ["According to state media, ", "On Tuesday, ", "Late on Friday ", "But ", "Meanwhile, ", "After the talks collapsed, ",
          "GENEVA, March 3 (Reuters) - ", "An analyst noted that "]
BEHIND = [" Monday", " Tuesday morning", " yesterday", " last week", " two weeks ago", " over the weekend", ", state media reported",
          ", citing security concerns", " and the talks were put off", ", an official who asked not to be named said on Monday"]
BESIDE_ACTOR = [" on Monday", ", a member of the bloc,", ", which chairs the bloc,", ", however,", " -- which left the bloc in 2019 --"]
BESIDE_RECIPIENT = [", its neighbour to the north", ", which holds elections in May", " and Mongolia"]
ACTORS = ["{0}'s government", "The {1} foreign minister", "The {1} authorities", "{1} President Juan Torres"]


def examples(folder):
    """The rule examples of acts, with place and type, without the braces."""
    for path in sorted(folder.glob("*.txt")):
        kind = None
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("= "):
                kind = line[2:].split()[0]
            elif line.startswith("+ ") and line.endswith("."):
                text = re.sub(r"\{([^{}:]*)(:[^{}]*)?\}", r"\1", line[2:].strip())
                if not re.search("Sylvania|Zenda|RURITANIA|Ruritanians|Freedonians", text) and "Freedonia" in text and "Ruritania" in text:
                    yield f"{path.name}:{number}", kind, text


def variants(text, actor, adjective, recipient):
    """The ways in which a sentence is told, each with its name."""
    yield "as it stands", text
    for words in BEFORE:
        yield f"{words}…", words + text
    for words in BEHIND:
        yield f"…{words}", text[:-1] + words + "."
    if text.startswith(actor + " "):
        for words in BESIDE_ACTOR:
            yield f"ACTOR{words} …", text.replace(actor, actor + words, 1)
        for words in ACTORS:
            yield words.format("ACTOR", "ACTOR's"), text.replace(actor, words.format(actor, adjective), 1)
    if text.endswith(recipient + "."):
        for words in BESIDE_RECIPIENT:
            yield f"… RECIPIENT{words}", text[:-1] + words + "."


def main():
    program, page = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    choose = random.Random(5)
    told = {}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as articles:
        for place, kind, text in examples(pathlib.Path(__file__).parent.parent / "lexicon/acts"):
            actor, adjective, recipient, other, first, second = choose.choice(STATES)
            for word, name in (("Ruritanian", adjective), ("Freedonian", other), ("Ruritania", actor), ("Freedonia", recipient)):
                text = re.sub(rf"\b{word}\b", name, text)
            for name, variant in variants(text, actor, adjective, recipient):
                told[f"{place} {name}"] = (place, name, kind, first, second, variant)
                articles.write(json.dumps({"id": f"{place} {name}", "text": variant, "date": "2023-05-01"}) + "\n")
        articles.flush()
        coded = subprocess.run([program, "code", articles.name], capture_output=True, text=True, check=True).stdout
    right = set()
    for line in coded.splitlines():
        act = json.loads(line)
        _, _, kind, first, second, _ = told[act["article"]]
        actors, recipients = ([side["code"] for side in act[part]] for part in ("actor", "recipient"))
        both = {first, second} <= set(actors + recipients) and (kind in MUTUAL or not recipients)
        if act["event"][0] == kind and (first in actors and second in recipients or both):
            right.add(act["article"])
    count, lost = collections.Counter(), collections.Counter()
    for article, (place, name, kind, _, _, variant) in told.items():
        if f"{place} as it stands" not in right and name != "as it stands":
            continue
        count[name] += 1
        if article not in right:
            lost[name] += 1
            print(f"{place} {kind} [{name}] {variant}", file=sys.stderr)
    rows = [f"| {name} | {count[name]} | {100 * lost[name] / count[name]:.1f} % |" for name in count]
    table = "\n".join(["| told so | examples | lost |", "|---|---|---|", *rows])
    print(table)
    if page:
        text = (
            "# How the same is said otherwise\n\nWritten by `bench/variants.py`: the lexicon's rule examples between two states, told with real states and with other words around them. An example "
            "counts where it codes as it stands; a variant is lost where no act\nof the same type between the same two comes out.\n\n"
        )
        pathlib.Path(page).write_text(text + table + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
