#!/bin/sh
# the manual pages are correct mdoc(7), refer to sections that they have, and show the usage that --help prints
# no-mqueue
. "$(dirname "$0")/lib.sh"

command -v mandoc > /dev/null || skip "mandoc is missing"
problems=$(mandoc -T lint -W warning "$top"/man/*.1) || fail "$problems"

for page in "$top"/man/*.1; do
    sed -n 's/^\.Sx \(.*[^ .,;]\)\( [.,;]\)\{0,1\}$/\1/p' "$page" | while read -r section; do
        grep -qx -e "\.S[hs] $section" "$page" || fail "$page has no section $section"
    done
done

"$ipctl" __spec > spec
python3 -c '
import json
for mechanism in json.load(open("spec"))["mechanisms"]:
    for verb in mechanism["verbs"]: print(mechanism["name"], verb["name"])
' > verbs
while read -r mechanism verb; do
    usage=$("$ipctl" "$mechanism" "$verb" --help | sed -n 's/^usage:\( .*\)/\1/p')
    mandoc -T ascii "$top/man/ipctl-$mechanism.1" | sed 's/.\x08//g; s/ \{1,\}/ /g' > page
    grep -qxF -e "$usage" page || fail "no '$usage' in ipctl-$mechanism.1"
done < verbs
test -s verbs
