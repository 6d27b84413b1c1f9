#!/usr/bin/env bash
# Runs every fuzz target for SECONDS from the kept corpus (fuzz/corpus/NAME, NAME without _fuzz), as many at a
# time as there are cores. New inputs go to the build folder; a crash is kept there too, and named.
set -euo pipefail
cd "$(dirname "$0")/.."
export seconds=${1:-5}

fuzz() {  # TARGET
  local name found
  name=$(basename "$1" _fuzz)
  found="build/asan/found/$name"
  mkdir -p "$found" "fuzz/corpus/$name"
  if "$1" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -max_len=65536 -artifact_prefix="$found/" \
      -print_final_stats=1 "$found" "fuzz/corpus/$name" >"$found.log" 2>&1; then
    printf '  %-24s %s runs\n' "$name" "$(sed -n 's/stat::number_of_executed_units: *//p' "$found.log")"
  else
    printf '  %-24s FAILED\n%s\n' "$name" "$(tail -40 "$found.log")"
    return 1
  fi
}
export -f fuzz

targets=(build/asan/fuzz/*_fuzz)
[[ -x ${targets[0]} ]] || { echo "no fuzz targets: ninja -C build/asan fuzzers"; exit 1; }
printf '%s\0' "${targets[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c 'fuzz "$0"'
echo "${#targets[@]} passed"
