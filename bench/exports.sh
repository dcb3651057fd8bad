#!/bin/sh
# Writes the acts of articles in every format and loads them with public readers (pandas, gdelt-py, networkx), where Python has them.
#
# usage: bench/exports.sh [FILES...]
#
# Without FILES the examples are taken. PYTHON names the Python (python3 unless told), PROGRAM a `detente` (a release build unless told).
set -eu
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- examples
python=${PYTHON:-python3}
if ! command -v "$python" >/dev/null; then
    echo "bench/exports.sh: no $python; nothing is checked"
    exit 0
fi
program=${PROGRAM:-}
if [ -z "$program" ]; then
    cargo build --release --quiet --package detente
    program=${CARGO_TARGET_DIR:-target}/release/detente
fi
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
for format in jsonl csv polecat icews gdelt gexf graphml; do
    # What an input lacks is reported, and the rest is coded.
    "$program" code --format "$format" "$@" > "$work/acts.$format" || true
done
"$python" bench/exports.py "$work"
