#!/bin/sh
# mq listen -- CMD: CMD's environment tells of the message; what is unknown is empty, whatever an outer ipctl left; the rest is as it was.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K '/q $x'
mq-send '/q $x' 7 abc
mq-send '/q $x' 3 ''
export IPCTL_SENDER_PID=1 IPCTL_TYPE=outer IPCTL_IN_DOUBT=outer IPCTL_NAME=outer KEPT='two words'
expect_output 'IPCTL_IN_DOUBT=
IPCTL_LENGTH=3
IPCTL_MECHANISM=mq
IPCTL_NAME=/q $x
IPCTL_PRIORITY=7
IPCTL_SENDER_PID=
IPCTL_SENDER_UID=
IPCTL_SEQ=1
IPCTL_TYPE=
KEPT=two words
IPCTL_IN_DOUBT=
IPCTL_LENGTH=0
IPCTL_MECHANISM=mq
IPCTL_NAME=/q $x
IPCTL_PRIORITY=3
IPCTL_SENDER_PID=
IPCTL_SENDER_UID=
IPCTL_SEQ=2
IPCTL_TYPE=
KEPT=two words' ipctl mq listen -c 2 '/q $x' -- sh -c 'env | grep -E "^(IPCTL|KEPT)" | sort'
ipctl mq rm '/q $x'
