#!/bin/sh
# pipe listen -- CMD: one CMD for each message, its data exactly on standard input, what is known in the environment, nothing of the pipe
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

printf 'one\ntwo words\n\n' | ipctl pipe listen fd:0 -- sh -c 'echo "[$(cat)] $IPCTL_MECHANISM $IPCTL_NAME $IPCTL_SEQ $IPCTL_LENGTH"' >got
expect_output '[one] pipe fd:0 1 3
[two words] pipe fd:0 2 9
[] pipe fd:0 3 0' cat got
printf 'x\n' | expect_output 'x.' sh -c 'ipctl pipe listen fd:0 -- cat; echo .'
printf 'x\n' | expect_output 'PRIORITY= TYPE= SENDER_PID= SENDER_UID= IN_DOUBT=' ipctl pipe listen fd:0 -- sh -c \
    'echo "PRIORITY=$IPCTL_PRIORITY TYPE=$IPCTL_TYPE SENDER_PID=$IPCTL_SENDER_PID SENDER_UID=$IPCTL_SENDER_UID IN_DOUBT=$IPCTL_IN_DOUBT"'
# It has nothing else open: the messages behind it are safe from it.
printf 'a\n' | expect_output "$(ls /proc/self/fd)" ipctl pipe listen fd:0 -- ls /proc/self/fd
printf 'a\n' | expect_status 127 ipctl pipe listen fd:0 -- no-such-command
printf 'a\n' | expect_status 126 ipctl pipe listen fd:0 -- /
# Found before anything is taken.
printf 'a\n' | { expect_status 127 ipctl pipe listen fd:0 -- no-such-command; expect_output a cat; }
printf 'f:1\n' | expect_output '{"mechanism":"pipe"' sh -c 'ipctl pipe listen -J fd:0 -- head -c 19'
