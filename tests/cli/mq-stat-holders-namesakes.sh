#!/bin/sh
# mq stat: a removed queue's holders are not those of its namesake, nor are files of that name or queues elsewhere.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
background mq-hold /q r >old
wait_until test -s old
ipctl mq rm /q
ipctl mq create --message-size 1K /q
touch q
background sh -c 'exec sleep 1000 8<q'
wait_until grep -q sleep "/proc/$bg/comm"
background unshare -i sh -c 'mq-make /q 3 10 && exec mq-hold /q r >elsewhere'
wait_until test -s elsewhere
expect_output '{"schema":1,"objects":[{"mechanism":"mq","holders":[]}]}' ipctl mq stat -J -o holders /q
background mq-hold /q w >new
wait_until test -s new
expect_output "$(cat new) mq-hold (w)" ipctl mq stat -o holders --noheadings /q
ipctl mq rm /q
