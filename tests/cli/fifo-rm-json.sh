#!/bin/sh
# rm -J tells what was removed, and what could not be
. "$(dirname "$0")/lib.sh"

mkfifo fifo
expect_status 4 ipctl fifo rm -J fifo missing
python3 -c '
import json, sys
result = json.load(open(sys.argv[1]))
assert [each["name"] for each in result["removed"]] == ["fifo"], result
assert [each["name"] for each in result["errors"]] == ["missing"], result
' "$out"
