#!/usr/bin/env bash
# Takes a picture of each view of the desk into docs/screenshots, on a ledger of examples/chain and 400 made-up articles.
# PROGRAM names the detente to show.
set -euo pipefail
program=${PROGRAM:+$(realpath "$PROGRAM")}
cd "$(dirname "${BASH_SOURCE[0]}")"
program=${program:-$(realpath -m ../target/release/detente)}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p ../docs/screenshots
python3 ../bench/ledger_articles.py 400 >"$scratch/made.jsonl"
PROGRAM=$program node test/run.mjs screenshots.ts "$PWD/../docs/screenshots" "$scratch/made.jsonl"
