#!/bin/sh
# Trains the whole grammar model, which bench/grammar_quicken.sh quickens for shipping, and prints the tables of its scores.
#
# usage: bench/grammar.sh TREEBANKS TEXTS [MODEL [SILVER]]
#
# TREEBANKS is a folder with en_ewt-{train,dev,test}.conllu.xz (UD English EWT 2.16) and en_gum_free-{train,dev,test}.conllu.xz (the
# genres of UD English GUM 2.16 under CC BY or CC BY-SA). TEXTS is a folder with articles as JSON lines (the fields "text" are read), from
# which the classes of words are learned. With the name of a MODEL that exists, it is scored and not trained. SILVER is the file of
# bench/grammar_silver.sh; without it the model learns from the treebanks alone.
set -eu
cd "$(dirname "$0")/.."
. bench/grammar_data.sh

treebanks=$1
texts=$2
model=${3:-model/grammar.bin}
silver=${4:-}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

unpack_treebanks
# One paragraph a line. The folder's plain files are texts to read, not to learn from.
python3 - "$texts"/*.jsonl > "$work/texts.txt" <<'PYTHON'
import json, sys

for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["text"].split("\n"):
                words = " ".join(paragraph.split())
                if words:
                    print(words)
PYTHON

cargo build --release --quiet --package detente-grammar
grammar=${CARGO_TARGET_DIR:-target}/release/detente-grammar

if [ $# -lt 3 ] || [ ! -e "$model" ]; then
    set -- --text "$work/texts.txt"
    if [ -n "$silver" ]; then
        xz -dc "$silver" > "$work/silver.conllu"
        set -- "$@" --silver "$work/silver.conllu"
    fi
    "$grammar" train --out "$model" --threads "$(nproc)" "$@" \
        "$work/en_ewt-train.conllu" "$work/en_gum_free-train.conllu" "$work/en_ewt-dev.conllu" "$work/en_gum_free-dev.conllu"
fi

table() {
    printf '\n%s\n' "$1"
    shift
    "$grammar" score "$model" "$@"
}
table "EWT test, words given" "$work/en_ewt-test.conllu"
table "EWT test, raw text" "$work/en_ewt-test.conllu" --raw
table "GUM free genres test, words given" "$work/en_gum_free-test.conllu"
table "GUM news test, words given" "$work/en_gum_free-test.conllu" --only GUM_news
table "GUM news test, raw text" "$work/en_gum_free-test.conllu" --only GUM_news --raw
printf '\nSize: %s bytes, %s compressed\nSpeed:\n' "$(wc -c < "$model")" "$(gzip -9 -c "$model" | wc -c)"
head -c 1500000 "$work/texts.txt" > "$work/speed.txt"
"$grammar" speed "$model" "$work/speed.txt"
