#!/bin/sh
# every option and operand of every verb is in its manual page, with its letter and metavar, and the reverse
. "$(dirname "$0")/lib.sh"

"$ipctl" __spec > spec
cat > compare.py <<'END'
import json, re, sys

def lines_of(page):
    with open(f"{sys.argv[1]}/man/{page}.1") as file:
        return file.read().splitlines()

# A page's sections: the items and the other sections ("Further options: .Sx ...") of each.
def sections_of(page):
    items, others, name = {}, {}, None
    for line in lines_of(page):
        if heading := re.match(r"\.S[sh] (.*)", line):
            name = heading[1]
            items[name], others[name] = set(), []
        elif further := re.match(r"\.Sx (Options .*?) [.,]$", line):
            others[name].append(further[1])
        elif option := re.match(r"\.It (?:Fl (\w) , )?Fl -(\S+)(?: Ar (\S+))?$", line):
            items[name].add((option[1], "--" + option[2], option[3]))
        elif command := re.match(r"\.It Fl - Ar (.*)", line):
            items[name].add((None, "--", command[1]))
        elif name and (operand := re.match(r"\.It Ar (\S+)$", line)):
            items[name].add((None, operand[1], operand[1]))
    return {name: items[name].union(*(items[other] for other in others[name])) for name in items}

def items_of(args):
    name = {"option": "--{name}", "flag": "--{name}", "operand": "{name}", "command": "--"}
    return {(arg["letter"], name[arg["kind"]].format(**arg), arg["metavar"]) for arg in args}

def compare(where, documented, real):
    for item in sorted(documented ^ real, key=str):
        print(where, "only in the program:" if item in real else "only in the page:", item)
    return documented == real and real

spec = json.load(open("spec"))
common = items_of(spec["common"])
same = [compare("ipctl.1", sections_of("ipctl")["Options of every verb"], common)]
for mechanism in spec["mechanisms"]:
    page = sections_of("ipctl-" + mechanism["name"])
    for verb in mechanism["verbs"]:
        where = mechanism["name"] + " " + verb["name"]
        same.append(compare(where, page.get(verb["name"], set()), items_of(verb["args"]) | common))
sys.exit(not all(same))
END
python3 compare.py "$top" || fail "pages and program differ"
