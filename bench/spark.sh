#!/usr/bin/env bash
# Measures Spark with two workers of one core each against the program with two threads, on the same articles, start-up aside.
# Usage: bench/spark.sh [ARTICLES.jsonl]; run bench/python.sh before: it builds both for release.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target/python-bench/bin/pip install -q --disable-pip-version-check pyspark==4.3.0 'pandas<3'
PYTHONPATH=python/tests:bench target/python-bench/bin/python bench/spark.py target/release/detente "$@"
