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

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# What the compiler says goes by unseen unless the build fails.
if ! cargo +nightly fuzz build -O --fuzz-dir fuzz >"$log" 2>&1; then
    cat "$log" >&2
    echo "bench/fuzz.sh: the targets do not build" >&2
    exit 1
fi

found=
programs=fuzz/target/$(rustc +nightly -vV | sed -n 's/^host: //p')/release
export ASAN_OPTIONS=detect_odr_violation=0
printf '%-10s %12s %10s %10s\n' target inputs 'slowest s' 'peak MB'
for target in "$@"; do
    mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target"
    # An input that takes ten seconds or two gigabytes is a find as well.
    status=0
    "$programs/$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -artifact_prefix="fuzz/artifacts/$target/" \
        -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 >"$log" 2>&1 || status=$?
    figure() { sed -n "s/^stat::$1: *//p" "$log"; }
    printf '%-10s %12s %10s %10s\n' "$target" "$(figure number_of_executed_units)" "$(figure slowest_unit_time_sec)" "$(figure peak_rss_mb)"
    if [ "$status" -ne 0 ]; then
        tail -n 60 "$log" >&2
        echo "bench/fuzz.sh: $target fails; what it found lies in fuzz/artifacts/$target" >&2
        found="$found $target"
    fi
done
[ -z "$found" ] || { echo "bench/fuzz.sh: finds in:$found" >&2; exit 1; }
