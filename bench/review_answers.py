"""Answers of a made-up reviewer to a queue and a blind queue, one judgement a line, the same in every run.

    python3 bench/review_answers.py NAME QUEUE.json BLIND.json > answers.jsonl
"""

import json
import random
import sys

TYPES = ["AGREE", "CONSULT", "SUPPORT", "SANCTION", "ACCUSE", "REQUEST", "REJECT", "COOPERATE"]
FACTUALITY = ["actual", "intended", "possible", "denied"]
SIDES = ["USA", "FRA", "TUR"]


def answers(name, queue, blind):
    chance = random.Random(name)
    for act in queue:
        answer = {"reviewer": name, "act": act["id"], "verdict": "accept"}
        draw = chance.random()
        if draw < 0.1:
            answer["verdict"] = "reject"
        elif draw < 0.35:
            field = chance.choice(["type", "recipient", "factuality"])
            label = chance.choice({"type": TYPES, "recipient": SIDES, "factuality": FACTUALITY}[field])
            codes = [side["code"] for side in act["recipient"]]
            if label not in (act["event"][0], act["factuality"]) and [label] != codes:
                answer["verdict"] = "correct"
                answer["fields"] = {field: [label] if field == "recipient" else label}
        yield answer
    for passage in blind:
        # Both see the same words, so that they often mark the same act.
        same = random.Random(passage["article"] + str(passage["start"]))
        acts = []
        for _ in range(same.choice([0, 0, 1, 1, 2])):
            start = passage["start"] + same.randrange(max(1, passage["end"] - passage["start"] - 12))
            act = {"type": same.choice(TYPES), "actor": [same.choice(SIDES)], "start": start, "end": start + 10}
            if chance.random() < 0.3:
                act["type"] = chance.choice(TYPES)
            if chance.random() < 0.8:
                acts.append(act)
        place = {key: passage[key] for key in ("article", "field", "start", "end")}
        yield {"reviewer": name, "verdict": "coded", **place, "acts": acts}


if __name__ == "__main__":
    name, *files = sys.argv[1:]
    queue, blind = (json.load(open(file, encoding="utf-8"))["items"] for file in files)
    for answer in answers(name, queue, blind):
        print(json.dumps(answer))
