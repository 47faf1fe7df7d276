#!/bin/sh
# no line of any help is longer than 80 columns, and each verb has its options in groups and an example
# no-mqueue
. "$(dirname "$0")/lib.sh"

ipctl __spec >spec
python3 - >topics <<'END'
import json
for mechanism in json.load(open("spec"))["mechanisms"]:
    print(mechanism["name"])
    for verb in mechanism["verbs"]: print(mechanism["name"], verb["name"])
END
[ "$(wc -l <topics)" -ge 8 ] || fail "topics are missing: $(cat topics)"
while read -r mechanism verb; do
    # shellcheck disable=SC2086  # perhaps none
    ipctl help "$mechanism" $verb >text
    wide=$(grep -E '^.{81,}' text) && fail "$mechanism $verb: $wide"
    if [ -n "$verb" ]; then
        for heading in 'Common options' Examples; do grep -q "^$heading:\$" text || fail "$mechanism $verb: no $heading"; done
    fi
done <topics
wide=$( (ipctl --help && ipctl help exit-status) | grep -E '^.{81,}') && fail "$wide"
exit 0
