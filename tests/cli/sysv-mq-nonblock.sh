#!/bin/sh
# sysv-mq -n does not wait: status 3 and nothing printed where recv finds nothing it selects, or send no room.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 600 10)
for command in 'recv -n' 'recv --nonblock' 'recv -a' 'listen -n' 'recv -n --safe' 'recv -n -t 1' 'recv -n -c 2' 'recv -a -J' \
    'recv -n --journal j'; do
    # shellcheck disable=SC2086  # words
    expect_status 3 timeout 60 ipctl sysv-mq $command 0x2a
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
done
sysv-mq-send "$id" 5 1234
expect_status 3 ipctl sysv-mq recv -n -t 4 0x2a
expect_status 3 ipctl sysv-mq recv -n -t -4 0x2a
expect_status 3 ipctl sysv-mq recv -n -t 5 --except 0x2a
expect_output '' ipctl sysv-mq send -n 0x2a 567890
expect_status 3 ipctl sysv-mq send -n 0x2a x
expect_error 'is full'
expect_status 3 ipctl sysv-mq recv -n -t 5 -c 2 0x2a
[ "$(cat "$out")" = 1234 ] || fail "prints $(cat "$out")"
# What has room goes, and what does not is told.
expect_status 3 ipctl sysv-mq send -n 0x2a ab cd ef
expect_output '1 567890
1 ab
1 cd' sysv-mq-recv "$id" 0 3
# Bytes are not all: each message counts as one as well, so that empty ones fill a queue too.
expect_status 3 sh -c 'yes "" | ipctl sysv-mq send -n -l 0x2a'
expect_output '10 0' sh -c "sysv-mq-stat $id | cut -d' ' -f1,2"
expect_status 2 ipctl sysv-mq recv -n -w 1 0x2a
expect_status 2 ipctl sysv-mq send -n -w 1 0x2a x
ipctl sysv-mq rm "$id"
