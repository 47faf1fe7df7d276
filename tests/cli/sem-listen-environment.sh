#!/bin/sh
# sem listen -- CMD and run: the environment tells of the semaphore; what is unknown is empty, whatever an outer ipctl left.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl sem create '/s $x' --value 2
export IPCTL_SENDER_PID=1 IPCTL_TYPE=outer IPCTL_NAME=outer IPCTL_MECHANISM=outer KEPT='two words'
common='IPCTL_LENGTH=0
IPCTL_MECHANISM=sem
IPCTL_NAME=/s $x
IPCTL_PRIORITY=
IPCTL_SENDER_PID=
IPCTL_SENDER_UID='
expect_output "IPCTL_IN_DOUBT=
$common
IPCTL_SEQ=1
IPCTL_TYPE=
KEPT=two words
IPCTL_IN_DOUBT=
$common
IPCTL_SEQ=2
IPCTL_TYPE=
KEPT=two words" ipctl sem listen -c 2 '/s $x' -- sh -c 'env | grep -E "^(IPCTL|KEPT)" | sort'
sem-op '/s $x' post
expect_output 'IPCTL_MECHANISM=sem
IPCTL_NAME=/s $x
KEPT=two words' ipctl sem run '/s $x' -- sh -c 'env | grep -E "^(IPCTL_(MECHANISM|NAME)|KEPT)=" | sort'
ipctl sem rm '/s $x'
