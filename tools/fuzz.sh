#!/usr/bin/env bash
# Runs every fuzz target for SECONDS from the kept corpus (fuzz/corpus/NAME, NAME without _fuzz).
# New inputs go to the build folder; a crash is kept there too, and named.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-5}
passed=0 failed=0
for target in build/fuzz/fuzz/*_fuzz; do
  name=$(basename "$target" _fuzz)
  found="build/fuzz/found/$name"
  mkdir -p "$found" "fuzz/corpus/$name"
  if "$target" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -max_len=65536 -artifact_prefix="$found/" \
      -print_final_stats=1 "$found" "fuzz/corpus/$name" >"$found.log" 2>&1; then
    passed=$((passed + 1))
    printf '  %-24s %s runs\n' "$name" "$(sed -n 's/stat::number_of_executed_units: *//p' "$found.log")"
  else
    failed=$((failed + 1))
    printf '  %-24s FAILED\n' "$name"
    tail -40 "$found.log"
  fi
done
echo "$passed passed, $failed failed"
[[ $failed -eq 0 && $passed -gt 0 ]]
