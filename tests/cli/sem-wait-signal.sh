#!/bin/sh
# sem wait and listen die of the signal that stops them while they wait, so that the caller sees 128+N; nothing is taken.
. "$(dirname "$0")/lib.sh"

shm-make /m 32
ipctl sem create /s
ipctl sem init shm:/m
mkfifo ready
for command in 'wait /s' 'wait shm:/m' 'listen /s' 'wait -w 60 /s' 'listen -j 3 /s -- cat' 'wait -c 2 /s'; do
    for signal in INT:130 TERM:143 HUP:129; do
        # A shell starts background commands with SIGINT ignored.
        background env --default-signal sh -c "exec ipctl sem ${command%% *} --ready-fd 5 ${command#* } 5>ready >got 2>errors"
        read -r _ <ready
        kill "-${signal%:*}" "$bg"
        status=0
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "$command, SIG${signal%:*}: status $status"
        [ ! -s got ] || fail "$command: printed $(cat got)"
        [ ! -s errors ] || fail "$command: complains $(cat errors)"
        for address in /s shm:/m+0; do
            sem-op $address post
            sem-op $address trywait || fail "$command: took a post"
        done
    done
done
# Nobody is counted as waiting any more.
expect_output '0 0' ipctl sem stat --raw --noheadings -o value,waiters /s
ipctl sem rm /s
rm /dev/shm/m
