#!/usr/bin/env bash
# Starts the service on a free port, evaluates the sample plan and the sample
# notice through it, prints the findings and stops the service again.
#
#   client-examples/demo.sh [path of klausul]
#
# Exit code 0 where the service answered; the samples break rules on purpose.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
klausul="$(realpath "${1:-$here/../build/release/klausul}")"

scratch="$(mktemp -d)"
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$scratch"
}
trap stop EXIT

"$klausul" serve --listen 127.0.0.1:0 --port-file "$scratch/port" &
server=$!
for _ in $(seq 100); do
  [ -s "$scratch/port" ] && break
  kill -0 "$server" 2>/dev/null || { echo "the server did not start" >&2; exit 1; }
  sleep 0.1
done
address="127.0.0.1:$(cat "$scratch/port")"
"$klausul" ping "$address"

cd "$here/samples"
status=0
"$klausul" check --server "$address" --lang "${KLAUSUL_DEMO_LANG:-en}" \
  plan.yaml notice.xml || status=$?
# 1 says that rules are broken, which is what the samples are for.
[ "$status" -eq 1 ] || { echo "expected findings, got exit code $status" >&2; exit 1; }
