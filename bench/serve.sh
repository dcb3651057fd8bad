#!/bin/sh
# Measures the server: requests a second and the 99th percentile of each question while articles are added; no answer may fail.
#
#     bench/serve.sh [LEDGER]
#
# LEDGER: an existing ledger, of which a copy is served. ARTICLES (default 100000) is the number of made-up articles where none is
# given, SECONDS_EACH (default 5) how long each question is asked, PROGRAM the detente that is measured. Needs wrk (`apt-get install wrk`) and curl.
set -eu
cd "$(dirname "$0")/.."
program=${PROGRAM:-target/release/detente}
[ -x "$program" ] || cargo build --release --quiet -p detente
command -v wrk >/dev/null || { echo 'bench/serve.sh: wrk is not there; install it' >&2; exit 1; }
folder=$(mktemp -d)
server= adder=
trap 'kill $server $adder 2>/dev/null || true; rm -rf "$folder"' EXIT

if [ $# -gt 0 ]; then
    cp "$1" "$folder/desk.db"
else
    python3 bench/ledger_articles.py "${ARTICLES:-100000}" > "$folder/made.jsonl"
    "$program" add "$folder/desk.db" "$folder/made.jsonl" --learned 2024-01-01
fi
python3 bench/ledger_articles.py 2000 --seed 7 > "$folder/new.jsonl"

begin=$(date +%s%N)
"$program" serve "$folder/desk.db" --listen 127.0.0.1:0 2> "$folder/said" &
server=$!
until grep -q serving "$folder/said"; do sleep 0.05; done
echo "start until it listens: $(( ($(date +%s%N) - begin) / 1000000 )) ms"
address=$(sed -n 's,.*\(http://[0-9.:]*\)/.*,\1,p' "$folder/said")/api/v1
curl -sf -o /dev/null --retry 10 "$address/pairs?limit=1"
echo "start until the first answer: $(( ($(date +%s%N) - begin) / 1000000 )) ms"
grep VmRSS "/proc/$server/status"

# Adds one article after the other through the API, and tells how many were added and how many failed.
add() {
    while read -r article; do
        printf '%s' "$article" | python3 -c 'import json, sys; a = json.load(sys.stdin); print(json.dumps({k: a[k] for k in ("text", "title", "date", "source") if a.get(k)}))' |
            curl -s -o /dev/null -w '%{http_code}\n' -H 'Content-Type: application/json' -d @- "$address/articles" >> "$folder/added"
        sleep "${PAUSE:-0.2}"
    done < "$folder/new.jsonl"
}
add &
adder=$!

failed=0
printf '%-52s %10s %9s %9s %s\n' question requests/s median p99 failed
for question in status 'pairs?limit=100' pairs/KEN/TZA 'acts?who=KEN&who=TZA' acts 'count?who=KEN&who=TZA' count states network places \
    'search?q=fishing+rights' 'search?q=pipeline&who=KEN' 'affairs?who=KEN' articles; do
    wrk -t 2 -c 8 -d "${SECONDS_EACH:-5}" --timeout 30s --latency "$address/$question" > "$folder/wrk"
    wrong=$(awk '/Non-2xx/ { n += $NF } /Socket errors/ { gsub(/[a-z,]/, ""); for (i = 2; i <= NF; i++) n += $i } END { print n + 0 }' "$folder/wrk")
    failed=$((failed + wrong))
    awk -v question="$question" -v wrong="$wrong" '/50%/ { median = $2 } /99%/ { high = $2 } /Requests\/sec/ { rate = $2 }
        END { printf "%-52s %10s %9s %9s %s\n", question, rate, median, high, wrong }' "$folder/wrk"
done
kill $adder 2>/dev/null || true
adder=
sort "$folder/added" | uniq -c | awk '{ print "articles added meanwhile, answered " $2 ": " $1 }'
grep VmRSS "/proc/$server/status"
if [ "$failed" -gt 0 ] || grep -qv '^200$' "$folder/added"; then
    echo 'bench/serve.sh: some requests failed' >&2
    exit 1
fi
kill -TERM $server
wait $server
server=
echo 'no request failed; stopped cleanly'
