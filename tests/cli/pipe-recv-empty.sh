#!/bin/sh
# pipe recv where no whole message is: -n is status 3, -w is 124, with the reason; what has come of a message stays for the next
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
end=/proc/${pipe%:*}/fd/${pipe#*:}
expect_status 3 ipctl pipe recv -n "$pipe"
expect_error "pipe recv: $pipe: nothing is in it"
expect_status 124 ipctl pipe recv -w 50ms "$pipe"
expect_error "$pipe: nothing is in it"
printf part >"$end"
expect_status 3 ipctl pipe recv -n "$pipe"
expect_error 'the end of a message has not come yet'
expect_status 124 ipctl pipe recv -w 50ms "$pipe"
expect_error 'the end of a message has not come yet'
expect_status 124 ipctl pipe listen -w 50ms "$pipe"
expect_status 3 ipctl pipe recv -a "$pipe"
expect_status 3 ipctl pipe recv -q -n "$pipe"
[ ! -s "$err" ] || fail_command "-q"
printf ' and rest\n' >"$end"
expect_output 'part and rest' ipctl pipe recv -n "$pipe"
printf '\7\0' >"$end"
expect_status 3 ipctl pipe recv -n --length-prefix "$pipe"
printf '\0\0seven' >"$end"
expect_status 3 ipctl pipe recv -n --length-prefix "$pipe"
printf '!!' >"$end"
expect_output 'seven!!' ipctl pipe recv -n --length-prefix -N -F %s "$pipe"
# Waiting ends when one comes, in pieces.
background ipctl pipe recv "$pipe" >got
for piece in a b c; do
    wait_until sh -c "grep -q poll /proc/$bg/wchan"
    printf $piece >"$end"
done
echo >"$end"
wait "$bg"
expect_output abc cat got
expect_status 2 ipctl pipe recv -n -w 1 "$pipe"
