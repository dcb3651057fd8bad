#!/bin/sh
# Fuzzes every reader of outside bytes, from the seeds in fuzz/seeds.
#
# usage: bench/fuzz.sh [SECONDS [TARGET...]]
#
# SECONDS is the time for each target, 120 unless told. What is found lies in fuzz/artifacts, what was learned in fuzz/corpus.
# It needs cargo-fuzz and a nightly compiler; without them nothing is done. The build takes long (twelve minutes of two cores). Quicker, and without
# either, but blind to what it covers: FUZZ_SECONDS=600 cargo test -p detente --test fuzz_seeds damages the seeds for so long.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-120}
[ $# -eq 0 ] || shift
if ! cargo fuzz --version >/dev/null 2>&1 || ! cargo +nightly --version >/dev/null 2>&1; then
    echo "bench/fuzz.sh: no cargo-fuzz or no nightly compiler; nothing is fuzzed"
    exit 0
fi
[ $# -gt 0 ] || set -- $(ls fuzz/seeds)
for target in "$@"; do
    echo "== $target"
    mkdir -p "fuzz/corpus/$target"
    # An input that takes ten seconds or two gigabytes is a find as well.
    cargo +nightly fuzz run -O --fuzz-dir fuzz "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
        -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 2>&1 |
        grep -E '^(SUMMARY|ERROR|==|thread|stat::(number_of_executed_units|peak_rss_mb|slowest_unit))|panicked' || true
    if [ -d "fuzz/artifacts/$target" ] && [ -n "$(ls "fuzz/artifacts/$target")" ]; then
        echo "bench/fuzz.sh: $target has finds in fuzz/artifacts/$target" >&2
        exit 1
    fi
done
