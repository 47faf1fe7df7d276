#!/bin/sh
# pipe send: each argument is a line in the pipe; either end of any process is an address, and so is an inherited descriptor
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
expect_output '' ipctl pipe send "$pipe" one 'two words' '' "$(printf '\303\244\377')"
[ ! -s "$err" ] || fail_command "errors"
printf 'one\ntwo words\n\n\303\244\377\n' >wanted
expect_status 0 head -n 4 "/proc/${pipe%:*}/fd/${pipe#*:}"
cmp wanted "$out"

# The other end of the same pipe.
other=${pipe%:*}:$((${pipe#*:} + 1))
ipctl pipe send "$other" through-the-writing-end
expect_output through-the-writing-end ipctl pipe recv "$other"

# What ipctl inherits, under any number.
expect_output 'a b' sh -c 'ipctl pipe send fd:1 "a b" | cat'
expect_output 'a b' sh -c 'ipctl pipe send fd:7 "a b" 7>&1 >/dev/null | cat'
expect_output 'a b' bash -c 'ipctl pipe send fd:23 "a b" 23>&1 >/dev/null | cat'

# A descriptor of another process, which reads what comes.
background sh -c 'exec cat >got' <>"/proc/${pipe%:*}/fd/${pipe#*:}"
runs_cat() { [ "$(cat "/proc/$bg/comm")" = cat ]; }
wait_until runs_cat
ipctl pipe send "$bg:0" 'for a process'
wait_until grep -qx 'for a process' got
