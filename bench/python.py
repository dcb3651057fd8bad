"""Times the wheel and the program on the same articles, in turn; see bench/python.sh."""

import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import detente
import pyarrow
from speed import examples, records

ROUNDS = 5
THREADS = 2
NAMES = ("id", "title", "date", "url", "source", "text")


def articles(files):
    """The records of the files; those of the example chain, each under 60 names, unless told."""
    if files:
        return records(files)
    found = records(examples())
    return [{**article, "id": f"{article['id']}-{copy}"} for copy in range(60) for article in found]


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def processor():
    """Processor seconds of this program, and of those that it ran."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return [used.ru_utime + used.ru_stime for used in both]


def run(program, path):
    """What the program codes of a file."""
    command = [program, "code", str(path), "--threads", str(THREADS)]
    return subprocess.run(command, capture_output=True, text=True).stdout


def main(program, *files):
    found = articles(files)
    table = pyarrow.Table.from_pylist([{name: article.get(name) for name in NAMES} for article in found])
    with tempfile.TemporaryDirectory() as folder:
        file, one = pathlib.Path(folder) / "all.jsonl", pathlib.Path(folder) / "one.jsonl"
        file.write_text("".join(json.dumps(article) + "\n" for article in found))
        one.write_text(json.dumps(found[0]) + "\n")
        coder = detente.Coder(threads=THREADS)
        coder.code_batch(table.slice(0, 100))
        ratios, rates, in_processor = [], [], []
        for _ in range(ROUNDS):
            _, before = processor()
            start_up, _ = timed(lambda: run(program, one))
            _, begun = processor()
            of_program, lines = timed(lambda: run(program, file))
            own, done = processor()
            of_wheel, acts = timed(lambda: pyarrow.table(coder.code_batch(table)))
            in_processor.append((done - begun - (begun - before)) / (processor()[0] - own))
            assert acts.column("json").to_pylist() == lines.splitlines()
            ratios.append((of_program - start_up) / of_wheel)
            rates.append(len(found) / of_wheel)
    print(f"{len(found)} articles, {acts.num_rows} acts, {THREADS} threads, median of {ROUNDS} rounds")
    print(f"wheel: {statistics.median(rates):,.0f} articles/s")
    print(f"wheel against program, start-up aside: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    print(f"the same in processor time, which other programs disturb little: {statistics.median(in_processor):.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
