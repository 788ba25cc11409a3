#!/bin/sh
# run_file.sh PROGRAM FILE: runs one conformance file, or exits with 77, which
# CTest counts as skipped, where the file is not there.
program=$1
file=$2
if [ ! -f "$file" ]; then
  echo "skipped: no conformance data at $file (set KLAUSUL_SHARED_DIR)"
  exit 77
fi
exec "$program" "$file"
