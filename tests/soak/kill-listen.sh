#!/bin/sh
# kill-listen [full]: SIGKILL of "listen -- CMD" at random loses at most the one message that was in flight
. "$(dirname "$0")/../cli/lib.sh"
. "$(dirname "$0")/kill-lib"

kills=20
if [ "${1:-}" = full ]; then kills=200; fi
flood
# shellcheck disable=SC2016  # for the inner shell
kill_often $kills alive ipctl mq listen /q -- sh -c 'read -r body; echo "$body" >>"$0"' "$tmp/got"
stop_flood
ipctl mq recv -a /q >>got || [ $? = 3 ]
account plain
ipctl mq rm /q
