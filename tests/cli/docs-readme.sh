#!/bin/sh
# README.md's console examples print what it shows, and its table of mechanisms is the program's
. "$(dirname "$0")/lib.sh"

python3 "$top/tests/cli/docs-session.py" markdown < "$top/README.md" || fail "an example of README.md"

"$ipctl" __spec > spec
cat > compare.py <<'END'
import json, re, sys
rows = {}
for line in open(sys.argv[1]):
    if row := re.match(r"\| (`[a-z` -]+`) \| (.+) \| (.+) \|$", line):
        rows[row[1].strip("`")] = (row[2], row[3].replace("`", "").split())
present = {name: row for name, row in rows.items() if row[1] != ["not", "yet"]}
spec = json.load(open("spec"))
real = {each["name"]: (each["summary"], [verb["name"] for verb in each["verbs"]]) for each in spec["mechanisms"]}
sys.exit(0 if present == real else f"README.md: {present}\nprogram: {real}")
END
python3 compare.py "$top/README.md" || fail "the table of mechanisms"
