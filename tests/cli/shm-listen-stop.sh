#!/bin/sh
# shm listen dies of the signal that stops it, polling, on a futex and with a command, so that the caller sees 128+N.
. "$(dirname "$0")/lib.sh"

shm-make /here 8
mkfifo ready
for options in '' '--interval 1h' '--futex 4' '-w 60' '-c 3 -J' 'CMD'; do
    for signal in INT:130 TERM:143 HUP:129; do
        command=
        if [ "$options" = CMD ]; then
            options=
            command='-- cat'
        fi
        # A shell starts background commands with SIGINT ignored.
        background env --default-signal sh -c "exec ipctl shm listen --ready-fd 5 $options /here $command 5>ready >got 2>errors"
        read -r _ <ready
        kill "-${signal%:*}" "$bg"
        status=0
        timeout 20 tail -f /dev/null --pid="$bg" || fail "$options, SIG${signal%:*}: goes on"
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "$options, SIG${signal%:*}: status $status"
        [ ! -s got ] || fail "$options: printed $(cat got)"
        [ ! -s errors ] || fail "$options: complains $(cat errors)"
    done
done
ipctl shm rm /here
