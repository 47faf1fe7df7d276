#!/bin/sh
# mq recv: the highest priority first, first in first out within one; the same order as C sees.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
fill() {
    mq-send /q 1 a
    ipctl mq send -p 32767 /q b
    mq-send /q 0 c
    ipctl mq send -p 1 /q d
    mq-send /q 32767 e
    ipctl mq send /q f
    mq-send /q 1 g
}
order='b e a d g c f'
fill
expect_output "$order" sh -c 'ipctl mq recv -a /q | xargs'
fill
expect_output "$order" sh -c 'mq-recv -n /q 7 | cut -d" " -f3 | xargs'
fill
expect_output "$order" sh -c 'ipctl mq listen -c 7 /q -- cat | fold -w1 | xargs'
fill
expect_output '32767 32767 1 1 1 0 0' sh -c 'ipctl mq recv -a -F %p /q | xargs'
ipctl mq rm /q
