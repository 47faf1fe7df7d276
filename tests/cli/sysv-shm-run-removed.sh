#!/bin/sh
# sysv-shm run: a segment that CMD removes keeps its memory, by its id, until CMD ends, and is gone then, whatever ends it.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 10 600)
sysv-shm-put "$id" 0 0123456789
expect_output '1 0x00000000 removed 10
0123456789' ipctl sysv-shm run 0x2a -- sh -c 'ipctl sysv-shm rm -q $IPCTL_ID
    ipctl sysv-shm stat -q -b --raw --noheadings -o attached,key,state,size $IPCTL_ID
    if ipctl sysv-shm read 0x2a 2>/dev/null; then echo found by key; fi
    ipctl sysv-shm read $IPCTL_ID'
expect_status 4 ipctl sysv-shm read "$id"
for way in 'exit 3' 'kill -KILL $$' 'kill -SEGV $$' 'exec sleep 1000'; do
    id=$(ipctl sysv-shm create 0x2a --size 10)
    background sh -c 'exec ipctl sysv-shm run 0x2a -- sh -c "ulimit -c 0; ipctl sysv-shm rm 0x2a 2>/dev/null; echo \$\$ >pid; $1" 2>errors' sh "$way"
    wait_until test -s pid
    case $way in *sleep*)
        expect_output removed ipctl sysv-shm stat -q --noheadings -o state "$id"
        kill "$(cat pid)" ;;
    esac
    wait "$bg" || :
    ! sysv-exists shm "$id" || fail "$way: still there"
    rm pid
done
# The key is free at once for another.
id=$(ipctl sysv-shm create 0x2a --size 10)
expect_status 0 ipctl sysv-shm run 0x2a -- sh -c 'ipctl sysv-shm rm -q 0x2a && ipctl sysv-shm create 0x2a --size 20'
[ "$(cat "$out")" != "$id" ] || fail "the same id"
expect_output 20 ipctl sysv-shm stat -b --noheadings -o size 0x2a
ipctl sysv-shm rm 0x2a
