#!/bin/sh
# mq stat where the users of a queue are in another pid namespace: nobody is seen, so it is unknown whether anybody uses it.
. "$(dirname "$0")/lib.sh"

unshare -pf --mount-proc true 2>/dev/null || skip "no pid namespace can be made"
ipctl mq create --message-size 1K /q
background mq-hold /q r >holder
wait_until test -s holder
expect_output '- unknown' sh -c 'unshare -pf --mount-proc ipctl mq stat --raw --noheadings -o holders,usage /q'
expect_output used ipctl mq stat --noheadings -o usage /q
background sh -c 'exec mq-notify /q USR1 >said'
wait_until grep -q registered said
expect_output 'SIGEV_SIGNAL 10 0' sh -c 'unshare -pf --mount-proc ipctl mq stat --raw --noheadings -o notify,signal,registrant /q'
expect_status 1 unshare -pf --mount-proc ipctl mq listen --notify -w 1 /q
expect_error 'not visible'
ipctl mq rm /q
