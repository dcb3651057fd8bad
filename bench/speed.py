#!/usr/bin/env python3
"""Measures how fast `detente code` is, how much memory it takes, and how both grow; every figure of docs/speed.md but the comparison.

usage: bench/speed.py [--program target/release/detente] [--meter target/release/examples/speed] [--old PROGRAM]
                      [--news FILE.jsonl]... [--other FILE]... [--sizes 100,1000] [rates|start|threads|growth|general|memory|gate|kills|instructions]...

    cargo build --release -p detente --example speed && cargo build --release -p detente
    python3 bench/speed.py --news NEWS.jsonl rates start threads growth gate

NEWS.jsonl holds articles (id, title, date, text); without it the examples of the repository serve. --other is text that holds few acts
(plain, CoNLL-U, or these packed by xz) for `general`. --sizes are megabytes for `memory`. --old is another build, run in turn with the
new one, so that figures are ratios on one machine. Times are processor times, of the user and the system, unless told: other programs disturb them little.
"""

import argparse
import json
import lzma
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def processor_seconds(command, **options):
    """Runs a command; its processor time, wall time and output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, **options)
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, done.stdout


def peak(command):
    """Runs a command and tells its peak of memory in MB, and its wall time."""
    begun = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(child.pid, 0)
    return used.ru_maxrss / 1024, time.monotonic() - begun


def examples():
    """The files of the example chain."""
    return sorted((ROOT / "examples" / "chain").glob("*.jsonl"))


def records(files):
    return [json.loads(line) for name in files for line in open(name, encoding="utf-8") if line.strip()]


def write(path, articles):
    with open(path, "w", encoding="utf-8") as out:
        for number, article in enumerate(articles):
            out.write(json.dumps({**article, "id": f"{article.get('id', 'a')}#{number}"}, ensure_ascii=False) + "\n")
    return str(path)


def plain(name):
    """The paragraphs of a text, or the sentences of a treebank."""
    opened = lzma.open(name, "rt", encoding="utf-8") if name.endswith(".xz") else open(name, encoding="utf-8")
    with opened as lines:
        for line in lines:
            line = line.strip()
            if line.startswith("# text = "):
                yield line[9:]
            elif ".conllu" not in name and line:
                yield line


def start_seconds(meter, folder):
    """Processor time of the meter on one short article: that of its start."""
    short = write(folder / "short.jsonl", [{"text": "Norway met Finland."}])
    return statistics.median(processor_seconds([meter, short])[0] for _ in range(ROUNDS))


def rate(options, path):
    """What the meter says of a file, with processor seconds without those of the start."""
    start = start_seconds(options.meter, options.folder)
    runs = [processor_seconds([options.meter, path]) for _ in range(ROUNDS)]
    told = json.loads(runs[0][2])
    told["processor"] = statistics.median(run[0] for run in runs) - start
    return told


def show(name, told):
    seconds = told["processor"]
    print(
        f"{name}: {told['sentences'] / seconds:,.0f} sentences/s a core, {told['articles'] / seconds:,.0f} articles/s, "
        f"{told['words'] / told['sentences']:.1f} words a sentence, {100 * told['parsed'] / told['sentences']:.0f} % of sentences parsed, "
        f"{told['acts']} acts of {told['articles']} articles, {seconds:.2f} s of a processor"
    )


def rates(options):
    for name in options.news:
        show(f"news, {Path(name).name}", rate(options, name))


def start(options):
    """Wall and processor time from the start to the first act."""
    one = write(options.folder / "first.jsonl", options.articles[:1])
    programs = [options.program] + ([options.old] if options.old else [])
    times = {program: [] for program in programs}
    for _ in range(9):
        for program in programs:
            times[program].append(processor_seconds([program, "code", one]))
    for program in programs:
        processor = statistics.median(run[0] for run in times[program])
        print(f"start to first act, {program}: {min(run[1] for run in times[program]) * 1000:.0f} ms at best, "
              f"{processor * 1000:.0f} ms of a processor")


def threads(options):
    """Two cores against one: wall times, in turn."""
    path = write(options.folder / "threads.jsonl", options.articles * max(1, 2000 // len(options.articles)))
    runs = {1: [], 2: []}
    for _ in range(ROUNDS):
        for count in runs:
            runs[count].append(processor_seconds([options.program, "code", "--threads", str(count), path])[:2])
    (processor, wall), (of_two, wall_of_two) = [[min(run[at] for run in runs[count]) for at in (0, 1)] for count in runs]
    print(f"two cores against one: {wall / wall_of_two:.2f} times ({os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}); "
          f"processor time of both together {of_two / processor:.2f} of that of one")


def growth(options):
    """Time for an article of ten times the input."""
    few = options.articles[:200]
    small = rate(options, write(options.folder / "small.jsonl", few))
    large = rate(options, write(options.folder / "large.jsonl", few * 10))
    ratio = (large["processor"] / large["articles"]) / (small["processor"] / small["articles"])
    print(f"ten times the input, time for an article: {ratio:.2f} times")


def general(options):
    """One article of ten is news, the others are made of other text."""
    sentences = [line for name in options.other for line in plain(name)]
    if not sentences:
        sys.exit("general: give other text with --other")
    chance = random.Random(7)
    articles = []
    at = 0
    for number in range(2000):
        if number % 10 == 0:
            articles.append(options.articles[(number // 10) % len(options.articles)])
        else:
            length = chance.randint(8, 24)
            part = [sentences[(at + i) % len(sentences)] for i in range(length)]
            at += length
            text = "\n\n".join(" ".join(part[i : i + 4]) for i in range(0, length, 4))
            articles.append({"id": f"other{number}", "date": "2021-05-06", "text": text})
    show("general news", rate(options, write(options.folder / "general.jsonl", articles)))


def memory(options):
    peaks = []
    for size in options.sizes:
        path = options.folder / f"{size}.jsonl"
        written, number = 0, 0
        with open(path, "w", encoding="utf-8") as out:
            while written < size * 1_000_000:
                article = options.articles[number % len(options.articles)]
                line = json.dumps({**article, "id": f"copy {number}"}, ensure_ascii=False)
                out.write(line + "\n")
                written += len(line.encode()) + 1
                number += 1
        megabytes, wall = peak([options.program, "code", str(path)])
        peaks.append(megabytes)
        print(f"{size} MB, {number} articles: peak {megabytes:.0f} MB, {wall:.0f} s")
        path.unlink()
    print(f"largest against smallest peak: {max(peaks) / min(peaks):.2f}")


def gate(options):
    """Acts of the articles with and without the gate."""
    for name in options.news:
        told = json.loads(processor_seconds([options.meter, "--open", name])[2])
        print(f"gate, {Path(name).name}: {told['articles']} articles, {told['acts']} acts, {told['moved']} elsewhere without the gate")


def kills(options):
    """Kills a run at random moments until it is through, and compares with a run that was left alone."""
    chance = random.Random(11)
    path = write(options.folder / "kills.jsonl", options.articles * max(1, 1500 // len(options.articles)))
    whole = processor_seconds([options.program, "code", path])
    again = options.folder / "killed.jsonl"
    for round_ in range(5):
        killed, gone_on = 0, 0
        again.unlink(missing_ok=True)
        while True:
            progress = Path(f"{again}.progress")
            begun = json.loads(progress.read_text())["done"]["articles"] if progress.exists() else 0
            gone_on += begun > 0
            command = [options.program, "code", path, "--output", str(again), "--resume"]
            child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            try:
                child.wait(timeout=chance.uniform(0.1, 0.5) * whole[1])
                break
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
                killed += 1
        same = again.read_bytes() == whole[2]
        print(f"killed {killed} times, went on {gone_on} times: {'the same bytes' if same else 'OTHER BYTES'}")
        if not same:
            sys.exit(1)


def instructions(options):
    """Instructions for each word by callgrind: a busy machine does not change them."""
    def count(path):
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", options.meter, path]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        told = next(line for line in run.stderr.splitlines() if "Collected" in line)
        return int(told.rsplit(":", 1)[1]), json.loads(run.stdout)

    few = write(options.folder / "few.jsonl", options.articles[:1])
    many = write(options.folder / "many.jsonl", options.articles[:31])
    (start, first), (all_, told) = count(few), count(many)
    words = told["words"] - first["words"]
    print(f"{(all_ - start) / words:,.0f} instructions a word from raw text to acts, {start / 1e6:,.0f} million to the end of the first article")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "target/release/detente"))
    parser.add_argument("--meter", default=str(ROOT / "target/release/examples/speed"))
    parser.add_argument("--old")
    parser.add_argument("--news", action="append", default=[])
    parser.add_argument("--other", action="append", default=[])
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], default=[100, 1000])
    steps = {f.__name__: f for f in (rates, start, threads, growth, general, memory, gate, kills, instructions)}
    parser.add_argument("steps", nargs="*", choices=[*steps, []], default=["rates", "start", "threads", "growth"])
    options = parser.parse_args()
    options.news = options.news or examples()
    options.articles = records(options.news)
    with tempfile.TemporaryDirectory() as folder:
        options.folder = Path(folder)
        for step in options.steps:
            steps[step](options)


if __name__ == "__main__":
    main()
