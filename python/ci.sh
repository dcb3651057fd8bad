#!/usr/bin/env bash
# Builds the wheel, installs it in an environment of its own and runs all tests: package, documents, notebook, cluster.
# PROGRAM names the program to compare with (default: the one that was built last); a PROFILE other than dev builds that.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly PROFILE=${PROFILE:-dev}
readonly VENV=../target/python
# One target folder with the workspace: what both need is built once.
export CARGO_TARGET_DIR=../target

fail() { printf 'python/ci.sh: %s\n' "$*" >&2; exit 1; }
try() { "$@" || { [ "$(id -u)" = 0 ] && apt-get update -qq && "$@"; }; }

if ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip' 2>/dev/null; then
    [ "$(id -u)" = 0 ] || fail 'python3 with venv is not there; install it'
    try apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
fi
if ! command -v java >/dev/null; then
    [ "$(id -u)" = 0 ] || fail 'java is not there; Spark needs version 17'
    try apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null
fi

[ -x "$VENV/bin/python" ] || python3 -m venv "$VENV"
"$VENV/bin/pip" install -q --disable-pip-version-check --no-cache-dir -r requirements.txt

cargo fmt --check
cargo clippy --locked -- -D warnings
rm -rf ../target/wheels
"$VENV/bin/maturin" build -q --locked --profile "$PROFILE" --interpreter "$VENV/bin/python"
"$VENV/bin/pip" install -q --disable-pip-version-check --force-reinstall --no-deps ../target/wheels/detente-*.whl
"$VENV/bin/mypy" --strict --ignore-missing-imports --exclude spark detente
"$VENV/bin/pytest" "$@"
