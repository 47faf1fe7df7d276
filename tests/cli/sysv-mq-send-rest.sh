#!/bin/sh
# sysv-mq send stopped by a signal, its deadline or a removed queue while it waits for room: what it had read and not sent is saved.
. "$(dirname "$0")/lib.sh"

mkfifo input
for how in INT:130 TERM:143 HUP:129 timeout:124 removed:4; do
    id=$(sysv-mq-make 0x2a 600 1)
    options=
    case $how in timeout*) options='-w 1' ;; esac
    # A shell starts background commands with SIGINT ignored.
    background env --default-signal sh -c "exec ipctl sysv-mq send -t 4 -l $options 0x2a <input 2>errors"
    printf '1\n2\n3\n' >input
    wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgsnd"
    case $how in
    timeout*) ;;
    removed*) sysv-rm msg "$id" ;;
    *) kill "-${how%:*}" "$bg" ;;
    esac
    status=0
    wait "$bg" || status=$?
    [ $status = "${how#*:}" ] || fail "$how: status $status: $(cat errors)"
    file=$(grep -o "$XDG_STATE_HOME/[^ ]*" errors) || fail "$how: names no file: $(cat errors)"
    expect_output '2
3' cat "$file"
    rm "$file"
    [ "$how" = removed:4 ] && continue
    expect_output '4 1' sysv-mq-recv "$id" 0 nowait
    ipctl sysv-mq rm 0x2a
done
# One that was ignored from the start, as nohup does, stays ignored.
id=$(sysv-mq-make 0x2a 600 1)
background env --ignore-signal=HUP ipctl sysv-mq send "$id" a b
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgsnd"
kill -HUP "$bg"
expect_output '1 a
1 b' sysv-mq-recv "$id" 0 2
wait "$bg" || fail "SIGHUP that was ignored: status $?"
ipctl sysv-mq rm "$id"
