#!/bin/sh
# Two listeners on one queue share its messages: each goes to one of them, and when one is killed the other gets the rest.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
background sh -c 'exec ipctl mq listen /q >one'
first=$bg
background sh -c 'exec ipctl mq listen /q -- cat >two'
second=$bg
mq-flood /q m 200
count() { cat one two 2>/dev/null | tr -d '\n' | sed 's/m-/\n/g' | grep -c .; }
wait_until eval '[ "$(count)" = 200 ]'
cat one two | tr -d '\n' | sed 's/m-/\n/g' | grep . | sort -n | cmp - "$(seq 200 >wanted && echo wanted)"
kill -KILL "$second"
mq-send /q 0 later
wait_until grep -q later one
kill "$first"
wait "$first" || :
ipctl mq rm /q
