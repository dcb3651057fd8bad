#!/bin/sh
# Trains neural teachers on the treebanks and lets them parse news: the silver trees for bench/grammar.sh.
#
# usage: bench/grammar_silver.sh TREEBANKS TEXTS ENCODER SILVER [WITHOUT...]
#
# TREEBANKS and TEXTS are the folders of bench/grammar.sh. ENCODER is a folder with a pretrained encoder as the package transformers
# writes it; the shipped model's teachers began from all-MiniLM-L6-v2 (Apache 2.0). SILVER is the file to write, compressed by xz.
# Articles and sentences that stand in a file WITHOUT (JSON lines) are left out. Six teachers are trained side by side: five minutes and
# 21 GB on one H100. On a CPU, give TEACHERS=1 and a day.
set -eu
cd "$(dirname "$0")/.."
. bench/grammar_data.sh

treebanks=$1
texts=$2
encoder=$3
silver=$4
shift 4
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

unpack_treebanks
gather_news "$@"
cargo build --release --quiet --package detente-grammar
"${CARGO_TARGET_DIR:-target}/release/detente-grammar" parse model/grammar.bin "$work/news.txt" > "$work/raw.conllu"

seed=0
for rate in 1.5e-4 1.5e-4 3e-4 3e-4 1e-4 2e-4; do
    seed=$((seed + 1))
    [ "$seed" -le "${TEACHERS:-6}" ] || break
    python3 bench/grammar_teacher.py train "$work" "$work/teacher$seed.pt" --seed "$seed" --encoder "$encoder" --encoder-rate "$rate" \
        --epochs 18 > "$work/teacher$seed.log" &
done
wait
cat "$work"/teacher*.log
python3 bench/grammar_teacher.py score "$work" "$work"/teacher*.pt
python3 bench/grammar_teacher.py label "$work/raw.conllu" "$work/silver.conllu" "$work"/teacher*.pt
xz -9 -c "$work/silver.conllu" > "$silver"
