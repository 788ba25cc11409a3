#!/bin/sh
# The list of gaps only shrinks: run_file.sh fails where a test fails that is
# not on it, and where one that is on it passes.
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
touch "$work/some.textproto"

# expect CODE FAILURES GAPS, the last two with `|` for line breaks.
expect() {
  { echo '#!/bin/sh'
    echo "cat <<'END'"
    echo "$2" | tr '|' '\n' | sed '/^$/d; s/^/FAIL /'
    echo 'some: 1 passed, 1 failed'
    echo 'END'
    [ -z "$2" ] || echo 'exit 1'
  } > "$work/program"
  chmod +x "$work/program"
  echo "$3" | tr '|' '\n' > "$work/gaps"
  "$here/run_file.sh" "$work/program" "$work/some.textproto" "$work/gaps" \
    > "$work/out"
  code=$?
  if [ "$code" -ne "$1" ]; then
    echo "failures '$2', gaps '$3': exit code $code, not $1"
    cat "$work/out"
    exit 1
  fi
}

expect 0 '' '# nothing'
expect 0 'some/a/b|some/a/c d' 'some/a/b, because|some/a/c d, because'
expect 0 '' 'other/a/b, of another file'
expect 1 'some/a/b' ''
expect 1 'some/a/b|some/a/c' 'some/a/b, because'
expect 1 '' 'some/a/b, because'
expect 1 'some/a/c' 'some/a/b, because'

"$here/run_file.sh" false "$work/none.textproto" /dev/null > /dev/null
[ $? -eq 77 ] || { echo "a missing file is not skipped"; exit 1; }
