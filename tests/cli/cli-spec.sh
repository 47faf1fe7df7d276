#!/bin/sh
# __spec is JSON that has every mechanism, verb, operand and option that the help has, with the same words
# no-mqueue
. "$(dirname "$0")/lib.sh"

ipctl __spec >spec
python3 - <<'END' || fail "help and __spec differ"
import json, subprocess, sys

def help_on(*words):
    return subprocess.run(["ipctl", "help", *words], check=True, capture_output=True, text=True).stdout.split("\n")

spec = json.load(open("spec"))
bad = [] if spec["schema"] == 1 and len(spec["exit_statuses"]) == 12 and spec["mechanisms"] else ["incomplete"]
for mechanism in spec["mechanisms"]:
    if not any(line.split() == [mechanism["name"], *mechanism["summary"].split()] for line in help_on()):
        bad.append(mechanism["name"])
    verbs = [line[2:].split("  ")[0].split(", ") for line in help_on(mechanism["name"]) if line.startswith("  ")]
    if verbs != [[verb["name"], *verb["aliases"]] for verb in mechanism["verbs"]]:
        bad.append(f"{mechanism['name']}: {verbs}")
    for verb in mechanism["verbs"]:
        lines = help_on(mechanism["name"], verb["name"])
        shown = {word.rstrip(",").partition("[")[0] for line in lines if line[2:4].strip(" -") or line[2:8] == "    --"
                 for word in line.split()[:2] if word.startswith("-") and word != "--"}
        real = {name for arg in verb["args"] + spec["common"] if arg["kind"] in ("option", "flag")
                for name in (f"--{arg['name']}", arg["letter"] and f"-{arg['letter']}") if name}
        if shown != real: bad.append(f"{verb['name']}: {shown ^ real}")
        for operand in (arg for arg in verb["args"] if arg["kind"] in ("operand", "command")):
            if operand["metavar"] not in lines[0]: bad.append(f"{verb['name']}: {operand['metavar']}")
        if not verb["examples"]: bad.append(f"{verb['name']}: no example")
print(*bad, sep="\n", file=sys.stderr)
sys.exit(bool(bad))
END
