#!/bin/sh
# pipe run -J: the parts and how they ended, as JSON, on standard error or in the file of --status; standard output is the last part's
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

expect_output 2 ipctl pipe run -J -- seq 2 ::: sh -c 'echo $$ >pid; cat >/dev/null; kill -HUP $$' ::: sh -c 'cat; exit 0' 'x "y"' ::: echo 2
cat >check.py <<'PY'
import json
report = json.load(open("report"))
assert list(report) == ["schema", "commands"] and report["schema"] == 1, report
keys = ["number", "command", "arguments", "pid", "status", "signal"]
for number, each in enumerate(report["commands"], 1):
    assert list(each) == keys, each
    assert each["number"] == number and isinstance(each["pid"], int), each
seq, sh, cat, echo = report["commands"]
assert (seq["command"], seq["arguments"], seq["status"], seq["signal"]) == ("seq", ["2"], 0, None), seq
assert (sh["command"], sh["status"], sh["signal"]) == ("sh", 129, "HUP"), sh
assert sh["pid"] == int(open("pid").read()), sh
assert cat["arguments"] == ["-c", "cat; exit 0", 'x "y"'], cat
assert echo["status"] == 0, echo
PY
cp "$err" report
expect_status 0 python3 check.py
expect_output 2 ipctl pipe run -J --status=report -- seq 2 ::: sh -c 'echo $$ >pid; cat >/dev/null; kill -HUP $$' ::: sh -c 'cat; exit 0' 'x "y"' ::: echo 2
[ ! -s "$err" ] || fail_command 'not silent'
expect_status 0 python3 check.py

# Any bytes; and one that could not be started, with those after it.
printf '#!/no/such/interpreter\n' >script
chmod +x script
expect_status 126 ipctl pipe run -J --status=report -- printf "$(printf '\377x')" ::: ./script ::: cat
expect_status 0 python3 - <<'PY'
import base64, json
first, second, third = json.load(open("report"))["commands"]
assert base64.b64decode(first["arguments_base64"][0]) == b"\xffx" and first["arguments"] == ["\\xffx"], first
assert (second["pid"], second["status"], second["signal"]) == (None, 126, None), second
assert (third["pid"], third["status"], third["signal"]) == (None, None, None), third
PY
