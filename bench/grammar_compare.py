"""Compares grammar models with the first of them: how many words of a text hang otherwise, and the time that tagging and parsing takes.

    python3 bench/grammar_compare.py ROUNDS PROGRAM TREES TEXT MODEL MODEL...

PROGRAM is detente-grammar; TREES is the plain text whose trees are compared, TEXT the one that is read for time. The models are timed in
turn, ROUNDS times: processor time of `PROGRAM speed`, start and splitting and three passes, and how fast tagging and parsing were in the
fastest pass, by the clock.
"""

import re
import resource
import statistics
import subprocess
import sys


def trees(program, model, text):
    lines = subprocess.run([program, "parse", model, text], check=True, capture_output=True, text=True).stdout.splitlines()
    return [(fields[1], fields[6], fields[7]) for fields in (line.split("\t") for line in lines) if len(fields) > 7]


def seconds(program, model, text):
    """Processor time of a run, and words tagged and parsed for each second of its fastest pass."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    out = subprocess.run([program, "speed", model, text], check=True, capture_output=True, text=True).stdout
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return spent, max(int(rate) for rate in re.findall(r"tag and parse (\d+)", out))


def main():
    rounds, program, compared, text, *models = sys.argv[1:]
    first = models[0]
    ours = trees(program, first, compared)
    for model in models[1:]:
        theirs = trees(program, model, compared)
        if [word[0] for word in ours] != [word[0] for word in theirs]:
            sys.exit(f"{model} has other words than {first}: only their trees can be compared")
        heads = sum(a[1] != b[1] for a, b in zip(ours, theirs)) / len(ours)
        arcs = sum(a != b for a, b in zip(ours, theirs)) / len(ours)
        print(f"{model}: of {len(ours)} words {100 * heads:.2f} % have another head, {100 * arcs:.2f} % another head or relation")
    runs = [[seconds(program, model, text) for model in models] for _ in range(int(rounds))]
    for at, model in enumerate(models):
        spent = statistics.median(row[at][0] for row in runs)
        whole = statistics.median(row[0][0] / row[at][0] for row in runs)
        parsing = statistics.median(row[at][1] / row[0][1] for row in runs)
        print(
            f"{model}: user time {spent:.2f} s, {whole:.3f} times as fast as the first; "
            f"tag and parse by the clock {parsing:.3f} times (medians of {rounds})"
        )


if __name__ == "__main__":
    main()
