#!/bin/sh
# the messages that the manual pages explain are messages of the program
# no-mqueue
. "$(dirname "$0")/lib.sh"

cat > check.py <<'END'
import pathlib, re, sys

top = pathlib.Path(sys.argv[1])
code = "".join(file.read_text() for floor in ("src", "commands") for file in (top / floor).rglob("*.cpp"))
code = re.sub(r'"\s*\n\s*"', "", code)
pages = "".join(page.read_text() for page in top.glob("man/*.1"))
messages = re.findall(r"^\.(?:It )?Li \\\(dq(.*)\\\(dq$", pages.partition(".Sh DIAGNOSTICS")[2], re.M)
if len(messages) < 10:
    sys.exit(f"found only {messages}")
strange = [message for message in messages if not re.search('"[^"\n]*' + re.escape(message), code)]
sys.exit("\n".join(strange) or 0)
END
python3 check.py "$top" || fail "no such messages"
