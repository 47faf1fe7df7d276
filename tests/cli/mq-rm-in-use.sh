#!/bin/sh
# mq rm of a queue in use: its users go on, with what is in it; the name is free for another queue.
. "$(dirname "$0")/lib.sh"

mq-make /q 3 10
exec 8<>/dev/mqueue/q
expect_output '' ipctl mq rm /q
expect_status 4 ipctl mq send /q x
expect_status 0 ipctl mq create --message-size 1K /q
python3 -c 'import ctypes
libc = ctypes.CDLL(None)
data = ctypes.create_string_buffer(10)
assert libc.mq_send(8, b"old", 3, 0) == 0 and libc.mq_receive(8, data, 10, None) == 3 and data.value == b"old"'
exec 8<&-
expect_status 3 ipctl mq recv -n /q
expect_output '' ipctl mq rm /q
