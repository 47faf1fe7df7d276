#!/bin/sh
# sysv-sem run and op: CMD's environment tells of set, key and number; listen's of each that is taken. The rest is kept.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create 0x2a 2 --values 2,2)
private=$(ipctl sysv-sem create --values 1)
export IPCTL_NUMBER=outer IPCTL_KEY=outer IPCTL_NAME=outer IPCTL_MECHANISM=outer IPCTL_ID=outer KEPT='two words'
show='env | grep -E "^(IPCTL_(MECHANISM|NAME|ID|KEY|NUMBER)|KEPT)=" | sort'
expected() { printf 'IPCTL_ID=%s\nIPCTL_KEY=%s\nIPCTL_MECHANISM=sysv-sem\nIPCTL_NAME=%s\nIPCTL_NUMBER=%s\nKEPT=two words' "$1" "$2" "$1" "$3"; }
expect_output "$(expected "$id" 0x0000002a 1)" ipctl sysv-sem run 0x2a:1 -- sh -c "$show"
expect_output "$(expected "$id" 0x0000002a 0)" ipctl sysv-sem run "$id" -- sh -c "$show"
expect_output "$(expected "$private" 0x00000000 0)" ipctl sysv-sem run "$private" -- sh -c "$show"
show='env | grep -E "^(IPCTL_(MECHANISM|NAME|ID|KEY)|KEPT)=" | sort'
expect_output "$(expected "$id" 0x0000002a x | grep -v NUMBER)" ipctl sysv-sem op 0x2a 0:-1u 1:-1u -- sh -c "$show"
expect_output "sysv-sem $id 1 0
sysv-sem $id 2 0" ipctl sysv-sem listen -c 2 0x2a:1 -- sh -c 'echo "$IPCTL_MECHANISM $IPCTL_NAME $IPCTL_SEQ $IPCTL_LENGTH"'
expect_output '2 0' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
ipctl sysv-sem rm "$id" "$private"
