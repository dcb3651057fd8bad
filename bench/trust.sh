#!/bin/sh
# Trains the models of how far acts are to be trusted and of who is their other side where only the article shows it, and writes
# docs/confidence.md: how they do on texts that they have not learned from.
#
# usage: bench/trust.sh TEXTS [MODELS]
#
# TEXTS is a folder with the articles that model/verdicts.tsv judges, as JSON lines (model/README.md names them); they are not part of this
# repository. The models are written to the folder MODELS (model) as trust.bin and counterparts.bin. Train them anew when rules or models of
# types and sides have changed much.
set -eu
cd "$(dirname "$0")/.."

texts=$1
models=${2:-model}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

cargo run --release --quiet --package detente-builtin --example trust -- \
    model/verdicts.tsv model/stories.jsonl "$models/trust.bin" "$models/counterparts.bin" "$texts"/*.jsonl model/press.jsonl \
    > "$work/figures.md"
cat > docs/confidence.md <<'PAGE'
# Confidence

`confidence` is how likely an act is right: that the words say that this actor does something of this type to this recipient. It is a
probability, learned from acts that were judged one by one ([the model's card](../model/README.md)). What is found is more than what is kept: an act with a
confidence below 0.35 is left out, since a wrong row costs more than a missing one, and below 0.5 where a model proposed it between two states, where a state says what another did to it, or where four or more are named on one side; below 0.7 in an article on sport. An act whose other side only the article
shows has the probability that this is he to whom it is done, of a model of its own (the last table), and is told without him below 0.5, and where no rule shows the act and it is itself below 0.5. An act below 0.4 shows no affair by itself.
Without the model, as `lexicon check` proves the rules, confidence is a plain sum of how the act was found.

Written by `bench/trust.sh`. Each act was weighed by a model that had learned from other texts. A row tells of the acts with that confidence up to the next row's: how many there are, and what share was judged right; then the
same of all acts from there on. The judged acts are all that could be one, so the rows below the bounds are what is left out. Verdicts that an earlier model contradicted most were given
again ([how](../model/README.md#trust)), so the figures of news are somewhat too kind.
PAGE
cat "$work/figures.md" >> docs/confidence.md
