#!/bin/sh
# sysv-mq listen -- CMD: CMD's environment tells the type, the name and the length, body on standard input; the status of CMD counts.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
sysv-mq-send "$id" 7 abc
sysv-mq-send "$id" 9223372036854775807 ''
export IPCTL_PRIORITY=9 IPCTL_TYPE=outer IPCTL_NAME=outer KEPT='two words'
expect_output "IPCTL_IN_DOUBT=
IPCTL_LENGTH=3
IPCTL_MECHANISM=sysv-mq
IPCTL_NAME=$id
IPCTL_PRIORITY=
IPCTL_SENDER_PID=
IPCTL_SENDER_UID=
IPCTL_SEQ=1
IPCTL_TYPE=7
KEPT=two words
abc
IPCTL_IN_DOUBT=
IPCTL_LENGTH=0
IPCTL_MECHANISM=sysv-mq
IPCTL_NAME=$id
IPCTL_PRIORITY=
IPCTL_SENDER_PID=
IPCTL_SENDER_UID=
IPCTL_SEQ=2
IPCTL_TYPE=9223372036854775807
KEPT=two words" ipctl sysv-mq listen -c 2 0x2a -- sh -c 'env | grep -E "^(IPCTL|KEPT)" | sort; cat; [ "$IPCTL_LENGTH" = 0 ] || echo'
sysv-mq-send "$id" 3 x
expect_status 123 ipctl sysv-mq listen -n 0x2a -- sh -c 'exit 7'
expect_error 'status 7'
expect_error "back to $id"
expect_status 127 ipctl sysv-mq listen 0x2a -- no-such-command
expect_status 126 ipctl sysv-mq listen 0x2a -- /etc/passwd
expect_output '3 x' sysv-mq-recv "$id" 0 nowait
ipctl sysv-mq rm "$id"
