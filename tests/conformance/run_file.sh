#!/bin/sh
# run_file.sh PROGRAM FILE GAPS: runs one conformance file. What GAPS lists has
# to fail, all else has to pass; a listed test that passes, or that is not in
# the file, has to be struck off. Exits with 77, which CTest counts as skipped,
# where the file is not there.
#
# GAPS has one line a test, `file/section/test, reason`; `#` begins a remark.
program=$1
file=$2
gaps=$3
if [ ! -f "$file" ]; then
  echo "skipped: no conformance data at $file (set KLAUSUL_SHARED_DIR)"
  exit 77
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

"$program" "$file" > "$work/out"
code=$?
if [ "$code" -gt 1 ]; then
  cat "$work/out"
  exit "$code"
fi
name=$(basename "$file" .textproto)
sed -n 's/^FAIL //p' "$work/out" | sort -u > "$work/failed"
sed -n "s|^\($name/[^,]*\),.*|\1|p" "$gaps" | sort -u > "$work/known"
comm -23 "$work/failed" "$work/known" > "$work/new"
comm -13 "$work/failed" "$work/known" > "$work/mended"

tail -n 1 "$work/out"
echo "$(wc -l < "$work/known") known gaps"
if [ -s "$work/new" ]; then
  cat "$work/out"
fi
if [ -s "$work/mended" ]; then
  echo "no longer a gap; strike it off $gaps:"
  cat "$work/mended"
fi
[ ! -s "$work/new" ] && [ ! -s "$work/mended" ]
