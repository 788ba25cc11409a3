#!/usr/bin/env bash
# Runs every fuzzer of a build folder for some seconds each, from the seeds in
# tests/fuzz/corpus/<fuzzer>/; a finding stops it with a non-zero exit code.
#
#   tests/fuzz/run.sh build/fuzz 60
set -euo pipefail
build="${1:?build folder}"
seconds="${2:-60}"
here="$(cd "$(dirname "$0")" && pwd)"

for fuzzer in "$build"/*_fuzz; do
  name="$(basename "$fuzzer")"
  corpus="$build/corpus/$name"
  mkdir -p "$corpus"
  echo "== $name, $seconds s"
  # The first folder takes what is new; the seeds stay as they are.
  seeds=()
  [ -d "$here/corpus/$name" ] && seeds=("$here/corpus/$name")
  "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 "$corpus" "${seeds[@]}"
done
