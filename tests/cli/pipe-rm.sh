#!/bin/sh
# pipe rm: ends what create started and nothing else; says what was lost; others who have the pipe open keep it
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create --stay)
end=/proc/${pipe%:*}/fd/${pipe#*:}
printf 12345 >"$end"
expect_status 0 ipctl pipe rm "$pipe"
expect_error "$pipe: 5 bytes that nobody had read are gone"
[ ! -e "$end" ]
expect_status 4 ipctl pipe rm "$pipe"
expect_status 0 ipctl pipe rm --force "$pipe"

pipe=$(ipctl pipe create --stay)
end=/proc/${pipe%:*}/fd/${pipe#*:}
printf 12345 >"$end"
exec 3<"$end"
expect_output '' ipctl pipe rm "$pipe"
[ ! -s "$err" ] || fail_command "nothing is lost"
expect_output 12345 cat <&3
exec 3<&-

# Whose it is, and that it goes on.
mkfifo go
background sh -c 'read -r line; echo "$line" >got' <>go
other=$bg
expect_status 1 ipctl pipe rm "$other:0"
expect_error "$other:0: is open in process $other (sh), which 'ipctl pipe create' did not start: close it there"
kill -0 "$other"
expect_status 1 ipctl pipe rm fd:0
expect_error "fd:0: was opened by who started ipctl: close it there"
expect_status 2 ipctl pipe rm nonsense
expect_error "'nonsense' is no address of a descriptor"

# What a holder has beside the pipe is not meant.
pipe=$(ipctl pipe create)
expect_status 1 ipctl pipe rm "${pipe%:*}:0"
expect_error "${pipe%:*}:0: is no pipe, but /dev/null"
expect_status 4 ipctl pipe rm "${pipe%:*}:99"
if [ "$root" = yes ]; then
    expect_status 1 as_nobody ipctl pipe rm "$pipe"
    expect_error "$pipe: not permitted to look at process ${pipe%:*} (ipctl-holder): it is another user's"
fi

# Several, one of them missing: the rest is done. Status and JSON tell.
second=$(ipctl pipe create)
expect_status 4 ipctl pipe rm -J "$pipe" "$second" "$pipe"
python3 -c 'import json, sys
answer = json.load(open(sys.argv[1]))
first, second = sys.argv[2:]
assert [one["name"] for one in answer["removed"]] == [first, second], answer
assert [one["name"] for one in answer["errors"]] == [first], answer' "$out" "$pipe" "$second"
for name in "$pipe" "$second"; do [ ! -e "/proc/${name%:*}/fd/${name#*:}" ] || fail "still there: $name"; done
