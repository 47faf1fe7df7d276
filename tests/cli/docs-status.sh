#!/bin/sh
# all tables of exit statuses are the same: the program's, its help's, README.md's and the manual pages'
# no-mqueue
. "$(dirname "$0")/lib.sh"

"$ipctl" __spec > spec
python3 -c '
import json
for each in json.load(open("spec"))["exit_statuses"]:
    print(each["status"], each["meaning"])
' | sed 's/^128 128+N: /128+N /' > program
grep -qx '124 timed out' program || fail "no table in __spec"

same() {
    diff program table > difference || fail "$1: $(cat difference)"
}

"$ipctl" help exit-status | sed -n 's/^  \([0-9][0-9+N]*\)  */\1 /p' > table
same "ipctl help exit-status"
sed -n 's/^| \([0-9][0-9+N]*\) | \(.*\) |$/\1 \2/p' "$top/README.md" > table
same README.md
for page in "$top"/man/*.1; do
    sed -n '/^\.Sh EXIT STATUS/,/^\.El/p' "$page" | sed -n '/^\.It /{s///;N;s/\n/ /;p;}' > table
    same "$page"
done
