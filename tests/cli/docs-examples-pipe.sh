#!/bin/sh
# the EXAMPLES of ipctl-pipe(1) print what the page shows
. "$(dirname "$0")/lib.sh"

python3 "$top/tests/cli/docs-session.py" man < "$top/man/ipctl-pipe.1" || fail "ipctl-pipe.1"
