#!/bin/sh
# pipe recv and listen --from CMD: as popen(3) and pclose(3): what CMD writes, and CMD's status, however it ends
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

expect_output first ipctl pipe recv --from 'echo first; echo second'
expect_output 'first
second' ipctl pipe listen --from 'echo first; echo second'
expect_output '1: a' ipctl pipe recv -F '%c: %s' --from 'printf "a\0b\0"' -0 -N
for status in 1 2 3 123 255; do
    expect_status $status ipctl pipe recv --from "echo x; exit $status"
    expect_printed x
    expect_status $status ipctl pipe listen --from "echo x; exit $status"
    expect_status $status ipctl pipe recv --stream --from "echo x; exit $status"
    expect_status $status ipctl pipe recv --from "exit $status"
done
expect_status 137 ipctl pipe listen --from 'echo x; kill -KILL $$'
expect_status 127 ipctl pipe recv --from no-such-command
expect_status 126 ipctl pipe listen --from 'exec /'
# It said nothing, and all is well with it: there was no message.
expect_status 3 ipctl pipe recv --from true
expect_status 0 ipctl pipe listen --from true
# More than is wanted: SIGPIPE ends it, which is no failure; but when all of it was wanted, it is.
expect_output y ipctl pipe recv --from yes
expect_output 'y
y' ipctl pipe listen -c 2 --from yes
expect_status 141 ipctl pipe listen --from 'echo x; kill -PIPE $$'
expect_status 5 ipctl pipe recv --from 'trap "" PIPE; echo x; until ! echo more; do :; done 2>/dev/null; exit 5'
# Its standard input is ours.
expect_output 'ab' sh -c 'printf "ab\n" | ipctl pipe recv --from cat'
# A command for each message, too.
expect_output 'got agot b' ipctl pipe listen --from 'echo a; echo b' -- sed 's/^/got /'
expect_status 123 ipctl pipe listen --from 'echo a; echo b' --on-failure drop -- false
expect_status 2 ipctl pipe recv --from 'echo x' fd:0
expect_error '--from stands instead of PIPE'
