"""Kills `detente add` at random moments and compares the ledger with one that was never cut short.

    cargo build --release -p detente
    python3 bench/ledger_kills.py [--kills 200] [--articles 2000]

Each time the addition is killed (SIGKILL) and started again; when it was killed often enough it runs to its end. Then
every table is compared, row numbers aside, and SQLite checks the file.
"""

import argparse
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

TABLES = [
    "SELECT uid, name, title, date, url, source, learned, notice, hex(texts.hash), hex(body) FROM articles"
    " JOIN texts ON texts.id = articles.text",
    "SELECT articles.uid, field, start, end, passages.text FROM passages JOIN articles ON articles.id = article",
    "SELECT count(*) FROM words WHERE words MATCH 'talks'",
    "SELECT articles.uid, acts.uid, pair, type, day, json FROM acts JOIN articles ON articles.id = article",
    "SELECT articles.uid, act, kind, key, makes, json FROM sayings JOIN articles ON articles.id = article",
    "SELECT code, role, acts.uid FROM sides JOIN acts ON acts.id = sides.act",
    "SELECT acts.uid, field, start, end FROM evidence JOIN acts ON acts.id = evidence.act",
    "SELECT min(hex(a.hash), hex(b.hash)), max(hex(a.hash), hex(b.hash)), likeness FROM near"
    " JOIN texts AS a ON a.id = one JOIN texts AS b ON b.id = other",
    "SELECT hex(texts.hash), bands.hash FROM bands JOIN texts ON texts.id = text",
    "SELECT act, same_as, why FROM merges",
    "SELECT act, by, kind FROM corrections",
    "SELECT id, kind, key, state, since, json FROM affairs",
    "SELECT code, affair FROM parties",
    "SELECT affair, number, act, article, state, date, moved FROM entries",
    "SELECT name, added, is_done FROM sources",
    "SELECT what, kind, key FROM stale",
]


def rows(ledger):
    connection = sqlite3.connect(ledger)
    check = connection.execute("PRAGMA integrity_check").fetchall()
    assert check == [("ok",)], check
    return [sorted(map(repr, connection.execute(sql))) for sql in TABLES]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--articles", type=int, default=2000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--detente", default=str(ROOT / "target/release/detente"))
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        articles = folder / "articles.jsonl"
        with open(articles, "w") as out:
            generator = ROOT / "bench/ledger_articles.py"
            subprocess.run([sys.executable, generator, str(options.articles)], stdout=out, check=True)
        add = lambda ledger: [options.detente, "add", str(folder / ledger), str(articles), "--learned", "2024-06-01"]
        begin = time.monotonic()
        subprocess.run(add("whole.db"), stdout=subprocess.DEVNULL, check=True)
        whole = time.monotonic() - begin
        killed = ended = 0
        while killed < options.kills:
            child = subprocess.Popen(add("killed.db"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            # Short stretches at first, so that the kills fall over the whole addition.
            time.sleep(rng.uniform(0.01, 0.2 + whole * rng.choice([0.02, 0.05, 0.2])))
            child.kill()
            if child.wait() == 0:
                ended += 1
                # It came to its end: begin anew.
                assert rows(folder / "killed.db") == rows(folder / "whole.db")
                for file in folder.glob("killed.db*"):
                    file.unlink()
            else:
                killed += 1
        subprocess.run(add("killed.db"), stdout=subprocess.DEVNULL, check=True)
        names = [sql.split(" FROM ")[1].split()[0] for sql in TABLES]
        for name, one, other in zip(names, rows(folder / "whole.db"), rows(folder / "killed.db")):
            assert one == other, f"{name} differs: {len(one)} rows and {len(other)}"
        print(f"{killed} kills, {ended} times added to the end between them: nothing lost, nothing doubled, file whole")


main()
