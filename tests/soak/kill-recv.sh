#!/bin/sh
# kill-recv [full]: SIGKILL of "recv >>FILE" at random loses at most the one message that was in flight
. "$(dirname "$0")/../cli/lib.sh"
. "$(dirname "$0")/kill-lib"

kills=20
if [ "${1:-}" = full ]; then kills=200; fi
flood
kill_often $kills got ipctl mq recv -c 100000000 /q
stop_flood
ipctl mq recv -a /q >>got || [ $? = 3 ]
account plain
ipctl mq rm /q
