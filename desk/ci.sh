#!/usr/bin/env bash
# Checks the desk's page: types, that dist/ is what the sources build, and the tests in a real browser.
# PROGRAM names the detente to test; what is missing of Node and Chromium is installed where apt-get can.
set -euo pipefail
program=${PROGRAM:+$(realpath "$PROGRAM")}
cd "$(dirname "${BASH_SOURCE[0]}")"
program=${program:-$(realpath -m ../target/release/detente)}

fail() { printf 'desk: %s\n' "$*" >&2; exit 1; }

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "$* is not there; install it"
    export DEBIAN_FRONTEND=noninteractive
    ${updated:-false} || apt-get update -qq
    updated=true
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

command -v node >/dev/null && command -v npm >/dev/null || install nodejs npm
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' || fail "node $(node --version) is too old; 18 is needed"
command -v chromium >/dev/null || install chromium fonts-dejavu-core
echo "node $(node --version), $(chromium --version 2>/dev/null)"

npm ci --no-audit --no-fund --silent
npx tsc --noEmit
node build.mjs --check
if grep -nE 'innerHTML|outerHTML|insertAdjacentHTML|document\.write' -r src; then
    fail 'the lines above make markup of text'
fi

[ -x "$program" ] || fail "$program is not built"
PROGRAM=$program node test/run.mjs "$@"
