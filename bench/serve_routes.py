"""Times each question of the JSON API, one after the other, on a ledger that nobody changes: median, 90th percentile and worst, in milliseconds.

    python3 bench/serve_routes.py LEDGER

Each question is asked with other states, pairs, days and words every time, so that no answer is known from before. PROGRAM names the detente
that is measured, ROUNDS (default 20) how often each question is asked. Exit status 1 where an answer fails.
"""

import http.client
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import time
from urllib.parse import quote

PROGRAM = os.environ.get("PROGRAM", "target/release/detente")
ROUNDS = int(os.environ.get("ROUNDS", "20"))
WORDS = ["ambassador", "treaty", "sanctions", "railway", "pipeline", "prisoners", "cattle", "visa", "customs", "fishing rights"]


class Server:
    """A server on a ledger, and one connection to it."""

    def __init__(self, ledger):
        self.process = subprocess.Popen([PROGRAM, "serve", ledger, "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if found := re.search(r"http://([0-9.]+):(\d+)/", line):
                break
        else:
            raise SystemExit(f"{PROGRAM} serve {ledger} ended")
        self.connection = http.client.HTTPConnection(found[1], int(found[2]))

    def ask(self, address):
        """Status, body and milliseconds of an answer."""
        begin = time.perf_counter()
        self.connection.request("GET", f"/api/v1/{address}", headers={"Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        body = answer.read()
        return answer.status, body, (time.perf_counter() - begin) * 1000

    def json(self, address):
        self.connection.request("GET", f"/api/v1/{address}")
        return json.load(self.connection.getresponse())


def questions(server):
    """A name, and the addresses that are asked under it."""
    status = server.json("status")
    pairs = [(p["a"], p["b"]) for p in server.json("pairs?limit=200&order=acts")["items"]]
    states = [s["code"] for s in server.json("states?limit=100")["items"]]
    acts = [a["id"] for a in server.json("acts?limit=200")["items"]]
    affairs = [a["id"] for a in server.json("affairs?limit=200")["items"]]
    articles = [a["id"] for a in server.json("articles?limit=200")["items"]]
    first, last = int(status["first"][:4]), int(status["last"][:4])
    days = [f"{year}-{month:02}-15" for month in range(1, 13) for year in range(first + 1, last + 1)]

    def per(template, *lists):
        cycles = [itertools.cycle(values) for values in lists]
        return [template.format(*(quote(str(next(cycle))) for cycle in cycles)) for _ in range(ROUNDS)]

    a, b = [p[0] for p in pairs], [p[1] for p in pairs]
    return {
        "status": per("status"),
        "states": per("states?limit=1000"),
        "states as of a day": per("states?limit=1000&as_of={}", days),
        "pairs": per("pairs?limit=100&offset={}", range(ROUNDS)),
        "pairs by words": per("pairs?limit=100&q={}", states),
        "pairs of a state": per("pairs?limit=100&who={}", states),
        "pairs as of a day": per("pairs?limit=100&as_of={}", days),
        "pairs as known by a day": per("pairs?limit=100&known_by={}", days[::-1]),
        "a pair": per("pairs/{}/{}", a, b),
        "a pair as of a day": per("pairs/{}/{}?as_of={}", a, b, days),
        "acts": per("acts?limit=100&offset={}", range(ROUNDS)),
        "acts of a pair": per("acts?who={}&who={}&limit=100", a, b),
        "acts of a pair as of a day": per("acts?who={}&who={}&limit=100&as_of={}", a, b, days),
        "acts of a state in a period": per("acts?who={}&from={}&limit=100", states, days),
        "an act": per("acts/{}", acts),
        "affairs": per("affairs?limit=100&offset={}", range(ROUNDS)),
        "affairs of a state": per("affairs?who={}&limit=100", states),
        "affairs of a state as of a day": per("affairs?who={}&limit=100&as_of={}", states, days),
        "an affair": per("affairs/{}", affairs),
        "an affair as of a day": per("affairs/{}?as_of={}", affairs, [status["last"]]),
        "claims": per("claims?limit=100&offset={}", range(ROUNDS)),
        "territories": per("territories?limit=1000"),
        "what changed in 30 days": per("diff?from={}&until={}", [d.replace("-15", "-01") for d in days], [d.replace("-15", "-28") for d in days]),
        "what changed of a state": per("diff?from={}&until={}&who={}", [d.replace("-15", "-01") for d in days], [d.replace("-15", "-28") for d in days], states),
        "timeline of a state": per("timeline?who={}&limit=100", states),
        "timeline of a pair": per("timeline?who={}&who={}&limit=100", a, b),
        "timeline of a state as of a day": per("timeline?who={}&limit=100&as_of={}", states, days),
        "count": per("count?who={}&period=month", states),
        "network": per("network"),
        "network as of a day": per("network?as_of={}", days),
        "places": per("places?limit=500&from={}", days),
        "search": per("search?q={}&limit=50", WORDS),
        "search of a state": per("search?q={}&who={}&limit=50", WORDS, states),
        "search as of a day": per("search?q={}&limit=50&as_of={}", WORDS, days),
        "articles": per("articles?limit=100&offset={}", range(ROUNDS)),
        "articles of a state": per("articles?who={}&limit=100", states),
        "an article": per("articles/{}", articles),
        "review queue": per("review/queue?reviewer=Ada{}&limit=100", range(ROUNDS)),
        "review queue of a state": per("review/queue?reviewer=Ada&who={}&limit=100", states),
        "review queue of a type": per("review/queue?reviewer=Ada{}&type=SANCTION&limit=100", range(ROUNDS)),
        "passages to code blind": per("review/passages?reviewer=Ada{}&limit=20", range(ROUNDS)),
        "judgements": per("review/judgements?limit=1000"),
    }


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    server = Server(sys.argv[1])
    failed = 0
    try:
        print(f"{'question':34} {'median':>8} {'p90':>8} {'worst':>8} {'bytes':>9}")
        for name, addresses in questions(server).items():
            times, size = [], 0
            for address in addresses:
                status, body, took = server.ask(address)
                if status != 200:
                    print(f"{address}: {status} {body[:200]!r}", file=sys.stderr)
                    failed += 1
                times.append(took)
                size = max(size, len(body))
            times.sort()
            print(f"{name:34} {statistics.median(times):8.1f} {times[int(len(times) * 0.9) - 1]:8.1f} {times[-1]:8.1f} {size:9}", flush=True)
    finally:
        server.process.terminate()
        server.process.wait()
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
