"""Times `detente show` of pairs, states and affairs of a ledger, start of the program and all, now and as of a day.

    python3 bench/ledger_show.py LEDGER [--rounds 15] [--as-of 2016-06-01 2020-01-01] [--detente target/release/detente]

Asked for are the states and the pairs with most affairs, as many in the middle, and the affairs with most entries.
"""

import argparse
import pathlib
import sqlite3
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

PAIRS = """SELECT one.code, other.code FROM parties AS one JOIN parties AS other ON other.affair = one.affair
    AND one.code < other.code GROUP BY 1, 2 ORDER BY count(*) DESC, 1, 2"""
STATES = "SELECT code FROM parties GROUP BY 1 ORDER BY count(*) DESC, 1"
AFFAIRS = "SELECT affair FROM entries GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3"


def some(rows):
    """The first and some of the middle."""
    half = len(rows) // 2
    return rows[:4] + rows[half:half + 4]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("ledger")
    arguments.add_argument("--rounds", type=int, default=15)
    arguments.add_argument("--as-of", nargs="*", default=["2016-06-01", "2020-01-01"])
    arguments.add_argument("--detente", default=str(ROOT / "target/release/detente"))
    options = arguments.parse_args()
    connection = sqlite3.connect(options.ledger)
    asked = {
        "a pair": some(connection.execute(PAIRS).fetchall()),
        "a state": some(connection.execute(STATES).fetchall()),
        "an affair": connection.execute(AFFAIRS).fetchall(),
    }
    connection.close()
    for times in [[]] + [["--as-of", day] for day in options.as_of]:
        for what, all_who in asked.items():
            took = []
            for _ in range(options.rounds):
                for who in all_who:
                    begin = time.perf_counter()
                    command = [options.detente, "show", options.ledger, *who, *times]
                    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
                    took.append((time.perf_counter() - begin) * 1000)
            took.sort()
            most = took[min(len(took) - 1, len(took) * 99 // 100)]
            day = " ".join(times)
            print(f"show of {what} {day}: median {statistics.median(took):.0f} ms, 99th percentile {most:.0f}, best {took[0]:.0f}")


main()
