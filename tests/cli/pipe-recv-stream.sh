#!/bin/sh
# pipe recv --stream passes all bytes until the end, into pipes, files, a terminal; what it cannot write is not lost
. "$(dirname "$0")/lib.sh"

head -c 3M /dev/urandom >in
# shellcheck disable=SC2002  # a pipe is meant
cat in | ipctl pipe recv --stream fd:0 | cmp - in
# shellcheck disable=SC2002
cat in | ipctl pipe recv --stream fd:0 >got
cmp in got
# shellcheck disable=SC2002
cat in | ipctl pipe recv --stream fd:0 >>got
cat in in | cmp - got
expect_output '' sh -c 'true | ipctl pipe recv --stream fd:0'
pipe=$(ipctl pipe create)
expect_status 3 ipctl pipe recv --stream -n "$pipe"
expect_status 124 ipctl pipe recv --stream -w 50ms "$pipe"
echo text >"/proc/${pipe%:*}/fd/${pipe#*:}"
expect_status 124 ipctl pipe recv --stream -w 50ms "$pipe"
expect_printed text
expect_status 1 sh -c 'cat in | ipctl pipe recv --stream fd:0 >/dev/full'
expect_error 'standard output: write: No space left on device'
expect_status 141 sh -c '{ yes || :; } | { ipctl pipe recv --stream fd:0; echo $? >status; } | head -n 1 >got; exit $(cat status)'
background ipctl pipe recv --stream "$pipe"
wait_until sh -c "grep -q poll /proc/$bg/wchan"
kill -TERM "$bg"
status=0
wait "$bg" || status=$?
[ "$status" = 143 ] || fail "status $status"
for options in '-c 1' '-F %s' '--encode hex' -0 -N -a '--journal dir'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl pipe recv --stream $options "$pipe"
done
