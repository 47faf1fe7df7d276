#!/bin/sh
# A queue that is removed while ipctl listens to it stays usable for those who have it open; a new one of that name is another.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkfifo ready
background sh -c 'exec ipctl mq listen --ready-fd 5 /q 5>ready >got'
read -r _ <ready
exec 8<>/dev/mqueue/q
ipctl mq rm /q
expect_status 4 ipctl mq stat /q
ipctl mq create --message-size 1K /q
mq-send /q 0 new
python3 -c 'import ctypes, os
assert ctypes.CDLL(None).mq_send(8, b"old", 3, 0) == 0'
wait_until grep -q old got
expect_output '0 3 new' mq-recv -n /q
# What it cannot deliver goes back into the queue that it came from, not into its namesake.
python3 -c 'import ctypes, os
assert ctypes.CDLL(None).mq_send(8, b"last", 4, 0) == 0'
wait_until grep -q last got
kill "$bg"
exec 8<&-
expect_status 3 mq-recv -n /q
ipctl mq rm /q
