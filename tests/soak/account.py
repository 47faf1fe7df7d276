#!/usr/bin/env python3
# account.py plain|journal: reads got, kills and sent in the working directory and accounts for every message. Only where a kill
# was may one message be lost (plain) or delivered twice (journal); anywhere else the numbers must follow each other.
import collections
import sys

plain = sys.argv[1] == "plain"
numbers = [int(line.removeprefix("m-")) for line in open("got")]
kills = collections.Counter(int(line) for line in open("kills"))
sent = int(open("sent").read())

lost = twice = wrong = 0
last = 0
for position, number in enumerate(numbers + [sent + 1]):
    doubtful = kills[position]
    missing = number - last - 1
    if plain and 0 <= missing <= doubtful:
        lost += missing
    elif not plain and missing == 0:
        pass
    elif not plain and missing == -1 and doubtful:
        twice += 1
    else:
        wrong += 1
        print(f"line {position + 1}: {number} after {last}; kills here: {doubtful}", file=sys.stderr)
    last = number
total = sum(kills.values())
print(f"{total} kills, {sent} messages sent, {lost} lost, {twice} delivered twice")
sys.exit(wrong != 0 or sent < total)
