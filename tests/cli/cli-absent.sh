#!/bin/sh
# a verb that a mechanism cannot have says why, however it is asked for, status 2, and no help or completion offers it
# no-mqueue
. "$(dirname "$0")/lib.sh"

ipctl __spec | python3 -c '
import json, sys
for mechanism in json.load(sys.stdin)["mechanisms"]:
    for verb in mechanism["absent"]: print(mechanism["name"], verb["name"], verb["why"])
' >absent
[ -s absent ] || fail "no verb is absent"
while read -r mechanism verb why; do
    for words in "$mechanism $verb" "$mechanism $verb --help" "$mechanism $verb -- x" "help $mechanism $verb"; do
        # shellcheck disable=SC2086  # words
        expect_status 2 ipctl $words
        [ "$(cat "$err")" = "ipctl: $mechanism $verb: $why" ] || fail_command "another reason: $words"
    done
    if ipctl help "$mechanism" | grep -q "^  $verb "; then fail "$verb is in the help"; fi
    expect_output '' ipctl __complete -- "$mechanism" "$verb"
done <absent
