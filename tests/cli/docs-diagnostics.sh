#!/bin/sh
# the messages that the manual pages explain are messages of the program
# no-mqueue
. "$(dirname "$0")/lib.sh"

cat > check.py <<'END'
import pathlib, re, sys

top = pathlib.Path(sys.argv[1])
code = "".join(file.read_text() for floor in ("src", "commands") for file in sorted((top / floor).rglob("*.[ch]pp")))
code = re.sub(r'"\s*\n\s*"', "", code)
strange = []
for page in sorted(top.glob("man/ipctl-*.1")):
    section = page.read_text().partition(".Sh DIAGNOSTICS")[2].partition("\n.Sh ")[0]
    messages = re.findall(r"^\.(?:It )?Li \\\(dq(.*)\\\(dq$", section, re.M)
    if len(messages) < 10:
        strange.append(f"{page.name}: found only {messages}")
    strange += [f"{page.name}: {each}" for each in messages if not re.search('"[^"\n]*' + re.escape(each), code)]
sys.exit("\n".join(strange) or 0)
END
python3 check.py "$top" || fail "no such messages"
