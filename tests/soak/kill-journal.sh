#!/bin/sh
# kill-journal [full]: with --journal, SIGKILL at random loses nothing; what was in flight may be delivered twice
. "$(dirname "$0")/../cli/lib.sh"
. "$(dirname "$0")/kill-lib"

kills=10
if [ "${1:-}" = full ]; then kills=200; fi
flood
kill_often $kills got ipctl mq recv -c 100000000 --journal journal --replay /q
# shellcheck disable=SC2016  # for the inner shell
kill_often $kills alive ipctl mq listen --journal journal --replay /q -- \
    sh -c 'read -r body; echo "$body" >>"$0"' "$tmp/got"
stop_flood
ipctl mq recv -a --journal journal --replay /q >>got || [ $? = 3 ]
account journal
ipctl mq rm /q
