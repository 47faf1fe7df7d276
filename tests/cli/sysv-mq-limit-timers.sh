#!/bin/sh
# sysv-mq where a user has as many pending signals as he may (RLIMIT_SIGPENDING): the error names that, or no timer is needed; nothing is lost.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
sysv-mq-send "$id" 3 kept
for command in 'recv' 'recv -n' 'recv -w 1' 'send 0x2a x' 'recv --safe' 'recv --peek'; do
    case $command in send*) words="$command" ;; *) words="$command 0x2a" ;; esac
    status=0
    # shellcheck disable=SC2086  # words
    prlimit --sigpending=0 ipctl sysv-mq $words >got 2>errors || status=$?
    if [ $status != 0 ]; then
        [ $status = 1 ] || fail "$command: status $status"
        grep -q 'RLIMIT_SIGPENDING' errors || fail "$command: $(cat errors)"
    elif [ "${command%% *}" = recv ]; then
        expect_output kept cat got
        case $command in *peek) ;; *) sysv-mq-send "$id" 3 kept ;; esac
    else
        expect_output '1 x' sysv-mq-recv "$id" 1
    fi
done
expect_output '3 kept' sysv-mq-recv "$id" 0 nowait
expect_status 3 sysv-mq-recv "$id" 0 nowait
ipctl sysv-mq rm "$id"
