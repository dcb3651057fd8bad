#!/bin/sh
# Makes the shipped grammar of the model that bench/grammar.sh trained: it learns when a few features tell what all of them would choose.
#
# usage: bench/grammar_quicken.sh TREEBANKS TEXTS WHOLE MODEL [WITHOUT...]
#
# TREEBANKS and TEXTS are the folders of bench/grammar.sh, WHOLE is the model it wrote, MODEL the file to write. Read are, without trees:
# - the articles in TEXTS that bench/grammar_silver.sh takes; articles and paragraphs that stand in a file WITHOUT (JSON lines) are left out;
# - the sentences of the train parts of the treebanks, never of the dev and test parts;
# - the marked sentences of the lexicon, and its examples and counter-examples of rules.
#
# Two minutes of one core; the same data give the same bytes. Then both models are scored on the test parts and timed in turn.
set -eu
cd "$(dirname "$0")/.."
. bench/grammar_data.sh

treebanks=$1
texts=$2
whole=$3
model=$4
shift 4
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

unpack_treebanks
gather_news "$@"
sed -n 's/^# text = //p' "$work"/en_*-train.conllu > "$work/treebanks.txt"
# Marks, names of word sets and what an example is to code to are no text.
sed -n '/^#/d; s/\[\[*//g; s/\]\]*//g; /./p' lexicon/sentences/*.txt > "$work/lexicon.txt"
sed -n 's/ => .*//; s/ #.*//; s/{\([^:}]*\):[^}]*}/\1/g; s/[{}]//g; s/^[+-] //p' lexicon/acts/*.txt lexicon/affairs/*.txt >> "$work/lexicon.txt"
wc -l "$work/news.txt" "$work/treebanks.txt" "$work/lexicon.txt"

cargo build --release --quiet --package detente-grammar
grammar=${CARGO_TARGET_DIR:-target}/release/detente-grammar

"$grammar" quicken --out "$model" "$whole" "$work/news.txt" "$work/treebanks.txt" "$work/lexicon.txt"

for part in en_ewt-test en_gum_free-test; do
    for file in "$whole" "$model"; do
        printf '\n%s, words given, %s\n' "$part" "$file"
        "$grammar" score "$file" "$work/$part.conllu"
    done
done
printf '\nSize: %s bytes, %s compressed\n' "$(wc -c < "$model")" "$(gzip -9 -c "$model" | wc -c)"
head -c 600000 "$work/news.txt" > "$work/speed.txt"
sed -n 's/^# text = //p' "$work"/en_*-test.conllu > "$work/test.txt"
printf '\nTest parts:\n'
python3 bench/grammar_compare.py 9 "$grammar" "$work/test.txt" "$work/speed.txt" "$whole" "$model"
