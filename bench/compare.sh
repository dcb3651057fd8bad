#!/usr/bin/env bash
# Compares, in one run on this machine, sentences for each second of a processor: Detente from raw text to acts, UDPipe 1 and spaCy
# for tags and trees alone.
#
#     bench/compare.sh NEWS.jsonl [MODEL.udpipe]
#
# Needs cargo, python3 with venv, and the network for PyPI (ufal.udpipe, spacy). UDPipe's model is any English one; bench/grammar_udpipe.py
# trains one. spaCy's weights are random: its speed does not depend on them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
news=${1:?give a file of articles, one JSON object a line}
venv=target/bench-venv
if [ ! -d "$venv" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" -q install ufal.udpipe spacy
fi
[ -n "${METER:-}" ] || cargo build --release --locked --package detente --example speed
OMP_NUM_THREADS=1 "$venv/bin/python" bench/compare.py "${METER:-target/release/examples/speed}" "$news" "${2:-}"
