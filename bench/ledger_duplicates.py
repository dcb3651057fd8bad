"""Tells with how many others the texts of a ledger are compared, and how many pairs of near-duplicates it found of those that the generator made.

    python3 bench/ledger_duplicates.py LEDGER [ORIGINS.tsv]

A text is compared with those that share a band with it. A pair counts as right where both articles are edits of one text, or one is an edit of the other.
"""

import collections
import itertools
import sqlite3
import sys

ledger, *labels = sys.argv[1:]
connection = sqlite3.connect(ledger)
in_band = collections.defaultdict(list)
for band, text in connection.execute("SELECT hash, text FROM bands"):
    in_band[band].append(text)
met = {text: set() for texts in in_band.values() for text in texts}
for texts in in_band.values():
    if len(texts) > 1:
        for text in texts:
            met[text].update(texts)
counts = sorted(max(len(texts) - 1, 0) for texts in met.values())
if counts:
    half, most = counts[len(counts) // 2], counts[len(counts) * 99 // 100]
    print(f"texts that one is compared with: median {half}, 99th percentile {most}, mean {sum(counts) / len(counts):.2f}")
if not labels:
    sys.exit()
text_of = dict(connection.execute("SELECT name, text FROM articles"))
found = {frozenset(pair) for pair in connection.execute("SELECT one, other FROM near")}
stories = collections.defaultdict(set)
for line in open(labels[0]):
    name, origin = line.split()
    # An article that was made twice in the same words is in the ledger once.
    if name in text_of:
        stories[origin].add(text_of[name])
made = {frozenset(pair) for texts in stories.values() for pair in itertools.combinations(sorted(texts), 2)}
right = len(found & made)
print(f"pairs made {len(made)}, found {len(found)}, of these right {right}")
print(f"precision {right / max(len(found), 1):.4f}, recall {right / max(len(made), 1):.4f}")
