#!/bin/sh
# Review at work on the example ledger: two made-up reviewers judge all acts, agreement is compared with public packages,
# and the coder is scored on the gold file that comes of it.
#
#     bench/review.sh [DETENTE]
#
# Needs python3 with scikit-learn and krippendorff; where they are missing they are installed into target/review.
set -eu
cd "$(dirname "$0")/.."
detente=${1:-target/release/detente}
folder=target/review
rm -rf "$folder/work"
mkdir -p "$folder/work"
python=python3
if ! python3 -c 'import krippendorff, sklearn' 2>/dev/null; then
    [ -x "$folder/python/bin/python" ] || python3 -m venv "$folder/python"
    python=$folder/python/bin/python
    "$python" -c 'import krippendorff, sklearn' 2>/dev/null || "$python" -m pip install -q scikit-learn krippendorff
fi
work=$folder/work
lexicon="--lexicon examples/chain/lexicon"
"$detente" add "$work/chain.db" examples/chain/*.jsonl $lexicon --learned 2023-06-01
for reviewer in Anna Ben; do
    "$detente" review queue "$work/chain.db" --reviewer "$reviewer" --limit 10000 --format json $lexicon > "$work/queue.json"
    "$detente" review queue "$work/chain.db" --reviewer "$reviewer" --blind --limit 60 --format json $lexicon > "$work/blind.json"
    python3 bench/review_answers.py "$reviewer" "$work/queue.json" "$work/blind.json" > "$work/$reviewer.jsonl"
    "$detente" review import "$work/chain.db" "$work/$reviewer.jsonl" $lexicon
done
"$detente" review agreement "$work/chain.db" Anna Ben --format json $lexicon > "$work/figures.json"
"$detente" review agreement "$work/chain.db" Anna Ben --labels --format csv $lexicon > "$work/labels.csv"
"$python" bench/agreement_figures.py compare "$work/figures.json" "$work/labels.csv"
"$detente" review gold "$work/chain.db" --reviewer Anna $lexicon > "$work/gold.jsonl"
"$detente" score "$work/gold.jsonl" $lexicon
