#!/bin/sh
# pipe recv --from where our output fails: the message is saved, CMD is waited for, and the status says that it failed
. "$(dirname "$0")/lib.sh"

expect_status 1 sh -c 'ipctl pipe recv --from "echo message; sleep 0.2; touch ended" >/dev/full'
expect_error 'No space left on device; the message could not go back and is in '
[ -e ended ] || fail "did not wait for the command"
expect_output message cat "$(find .home/state/ipctl -type f)"
expect_status 1 sh -c 'ipctl pipe listen --from "yes message" >/dev/full'
expect_status 1 ipctl pipe recv --max-size 3 --from 'echo four; touch too-long'
expect_error 'a message is 4 bytes, more than the 3'
[ -e too-long ]
expect_output y sh -c 'ipctl pipe listen --from yes | head -n 1'
