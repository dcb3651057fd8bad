#!/usr/bin/env bash
# Measures the desk's page in Chromium on a ledger of made-up articles: first picture, switch of pair, brush, search, in milliseconds; and the page's size.
#
#     bench/desk.sh [LEDGER]
#
# LEDGER: an existing ledger instead. ARTICLES (default 100000) is the number of made-up articles. Needs Node and Chromium; desk/ci.sh installs both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${PROGRAM:-target/release/detente}
[ -x "$program" ] || cargo build --release --quiet -p detente
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
ledger=${1:-}
if [ -z "$ledger" ]; then
    ledger=$scratch/desk.db
    python3 bench/ledger_articles.py "${ARTICLES:-100000}" >"$scratch/made.jsonl"
    "$program" add "$ledger" "$scratch/made.jsonl" --learned 2024-01-01
fi
ledger=$(realpath "$ledger")
program=$(realpath "$program")
cd desk
[ -d node_modules ] || npm ci --no-audit --no-fund --silent
node build.mjs --check
PROGRAM=$program node test/run.mjs measure.ts "$ledger"
