#!/bin/sh
# Measures the ledger: articles a second on one core and on two, size, near-duplicates, time of questions.
#
#     bench/ledger.sh [CORPUS.jsonl...]
#
# CORPUS: files of articles, for instance of your own. The rest is measured on made-up articles (ledger_articles.py).
# LARGEST (default 100000) is the number of made-up articles of the largest ledger.
# PROFILE (default release) is how the program is built.
set -eu
cd "$(dirname "$0")/.."
largest=${LARGEST:-100000}
profile=${PROFILE:-release}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo build --profile "$profile" --quiet -p detente
cargo build --profile "$profile" --quiet -p detente-ledger --example lookups
detente=target/$profile/detente
codes=KEN,TZA,GHA,TGO,NOR,FIN,PER,CHL,BOL,TUR,ARM,GEO,EGY,SDN,ETH,VNM,KHM,THA,JPN,AUS,IND,NPL,POL,HUN

add() { # LEDGER THREADS SOURCE
    rm -f "$1" "$1-wal" "$1-shm"
    /usr/bin/time -f '%e %U %S %M' -o "$folder/time" $detente add "$1" "$3" --threads "$2" --learned 2024-01-01
    awk -v n="$(wc -l < "$3")" -v s="$(stat -c %s "$1")" -v t="$2" '{
        printf "threads %d: %.1f s, %.0f articles/s; %.0f articles a second of processor time; %.0f MB of memory; %.0f bytes an article\n",
            t, $1, n / $1, n / ($2 + $3), $4 / 1024, s / n }' "$folder/time"
}

for corpus in "$@"; do
    echo "== $corpus"
    add "$folder/corpus.db" 1 "$corpus"
    add "$folder/corpus.db" 2 "$corpus"
    python3 bench/ledger_duplicates.py "$folder/corpus.db"
done

python3 bench/ledger_articles.py 1000 --seed 99 > "$folder/new.jsonl"
for count in 1000 10000 "$largest"; do
    echo "== $count made-up articles"
    python3 bench/ledger_articles.py "$count" --labels "$folder/origins.tsv" > "$folder/made.jsonl"
    add "$folder/made.db" 2 "$folder/made.jsonl"
    python3 bench/ledger_duplicates.py "$folder/made.db" "$folder/origins.tsv"
    target/$profile/examples/lookups "$folder/made.db" "$folder/new.jsonl" "$codes"
done
python3 bench/ledger_show.py "$folder/made.db" --detente "$detente"
