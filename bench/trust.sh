#!/bin/sh
# Trains the model of how far acts are to be trusted, and prints how it does on texts that it has not learned from.
#
# usage: bench/trust.sh TEXTS [MODEL]
#
# TEXTS is a folder with the articles that model/verdicts.tsv judges, as JSON lines (model/README.md names them). The model is written to
# MODEL (model/trust.bin).
set -eu
cd "$(dirname "$0")/.."

texts=$1
model=${2:-model/trust.bin}
exec cargo run --release --quiet --package detente-builtin --example trust -- \
    model/verdicts.tsv "$model" "$texts"/*.jsonl model/press.jsonl
