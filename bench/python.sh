#!/usr/bin/env bash
# Measures the wheel against the program on the same articles in turn, both built for release: articles a second, and their ratio.
# Usage: bench/python.sh [ARTICLES.jsonl]; the example chain many times over unless told.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cargo build --release --locked --package detente
python3 -m venv target/python-bench
target/python-bench/bin/pip install -q --disable-pip-version-check maturin==1.16.0 pyarrow==26.0.1
CARGO_TARGET_DIR=target target/python-bench/bin/maturin build -q --locked --release --manifest-path python/Cargo.toml --out target/wheels-release
target/python-bench/bin/pip install -q --disable-pip-version-check --force-reinstall --no-deps target/wheels-release/detente-*.whl
target/python-bench/bin/python bench/python.py target/release/detente "$@"
