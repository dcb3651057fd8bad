"""Tells how many pairs of near-duplicate articles a ledger found, of those that the generator made.

    python3 bench/ledger_duplicates.py LEDGER ORIGINS.tsv

A pair counts where both articles are edits of one text, or one is an edit of the other.
"""

import collections
import itertools
import sqlite3
import sys

ledger, labels = sys.argv[1:]
connection = sqlite3.connect(ledger)
text_of = dict(connection.execute("SELECT name, text FROM articles"))
found = {frozenset(pair) for pair in connection.execute("SELECT one, other FROM near")}
stories = collections.defaultdict(set)
for line in open(labels):
    name, origin = line.split()
    # An article that was made twice in the same words is in the ledger once.
    if name in text_of:
        stories[origin].add(text_of[name])
made = {frozenset(pair) for texts in stories.values() for pair in itertools.combinations(sorted(texts), 2)}
right = len(found & made)
print(f"pairs made {len(made)}, found {len(found)}, of these right {right}")
print(f"precision {right / max(len(found), 1):.4f}, recall {right / max(len(made), 1):.4f}")
