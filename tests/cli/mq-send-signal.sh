#!/bin/sh
# mq send stopped by SIGINT, SIGTERM or SIGHUP while it waits for room dies of that signal; what it read is saved.
. "$(dirname "$0")/lib.sh"

mq-make /q 1 10
mkfifo input
for signal in INT:130 TERM:143 HUP:129; do
    # A shell starts background commands with SIGINT ignored.
    background env --default-signal sh -c 'exec ipctl mq send -l /q <input 2>errors'
    printf '1\n2\n3\n' >input
    wait_until grep -q '^QSIZE:1 ' /dev/mqueue/q
    kill "-${signal%:*}" "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = "${signal#*:}" ] || fail "SIG${signal%:*}: status $status"
    file=$(grep -o "$XDG_STATE_HOME/[^ ]*" errors) || fail "names no file: $(cat errors)"
    expect_output '2
3' cat "$file"
    rm "$file"
    expect_output '0 1 1' mq-recv -n /q
done
# One that was ignored from the start, as nohup does, stays ignored.
background env --ignore-signal=HUP ipctl mq send /q a b
wait_until grep -q '^QSIZE:1 ' /dev/mqueue/q
kill -HUP "$bg"
expect_output '0 1 a
0 1 b' mq-recv /q 2
wait "$bg" || fail "SIGHUP that was ignored: status $?"
ipctl mq rm /q
