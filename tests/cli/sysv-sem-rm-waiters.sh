#!/bin/sh
# sysv-sem rm: all who wait on it, in C and in ipctl, end at once; ipctl says that the set was removed, status 4.
# shellcheck disable=SC2086  # words
. "$(dirname "$0")/lib.sh"

for command in wait 'wait -w 60' 'wait -c 3' 'op @ 0:-1' 'op -w 60 @ 0:-1u -- touch ran' 'op @ 1:=0' 'run @ -- touch ran' \
    'run -w 60 @ -- touch ran' listen 'listen @ -- touch ran' 'listen -j 2 @ -- touch ran'; do
    id=$(sysv-sem-make 0x2a 2 600 0 1)
    case $command in *@*) ;; *) command="$command @" ;; esac
    background sh -c "exec ipctl sysv-sem $(echo "$command" | sed 's/@/0x2a/') >got 2>errors"
    one=$bg
    background sh -c "exec sysv-sem-op $id 0:-1 2>foreign"
    wait_until sh -c "[ \$(sysv-sem-get $id | awk '{ n += \$2 + \$3 } END { print n }') = 2 ]"
    expect_output '' ipctl sysv-sem rm "$id"
    status=0
    wait "$one" || status=$?
    [ $status = 4 ] || fail "$command: status $status"
    expect_output "ipctl: sysv-sem $(echo "${command%% *}" | sed 's/wait/recv/'): 0x2a: the set was removed while ipctl waited" cat errors
    [ ! -s got ] || fail "$command: prints $(cat got)"
    wait "$bg" && fail "C goes on"
    grep -q 'removed' foreign || fail "C: $(cat foreign)"
done
# Removed by C just the same; in a listener that has taken some already.
id=$(sysv-sem-make 0x2a 1 600 2)
background sh -c "exec ipctl sysv-sem listen 0x2a >got 2>errors"
wait_until sh -c '[ $(wc -l <got) = 2 ]'
wait_until sh -c "sysv-sem-get $id | grep -q '^0 1 '"
sysv-rm sem "$id"
status=0
wait "$bg" || status=$?
[ $status = 4 ] || fail "status $status"
grep -q 'removed while' errors || fail "$(cat errors)"
[ ! -e ran ] || fail "the command ran"
