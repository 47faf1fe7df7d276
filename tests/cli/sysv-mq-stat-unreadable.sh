#!/bin/sh
# sysv-mq stat, ls and --if-missing of a queue that one may not read show all that root sees, the capacity too.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a queue of another user"
id=$(sysv-mq-make 0x2a 600 1234)
sysv-mq-send "$id" 3 one two
sysv-mq-recv "$id" 0 >/dev/null
columns=name,id,key,owner,group,mode,messages,bytes,capacity,lspid,lrpid,creator,creator_group,stime,rtime,ctime
for mode in 0600 0000; do
    ipctl sysv-mq set -m $mode "$id"
    for sel in "$id" 0x2a; do
        expect_status 0 ipctl sysv-mq stat -q -b --raw --noheadings -o $columns $sel
        wanted=$(cat "$out")
        case $wanted in *" $mode 1 3 1234 "*) ;; *) fail "$wanted" ;; esac
        expect_output "$wanted" as_nobody ipctl sysv-mq stat -q -b --raw --noheadings -o $columns $sel
        expect_output "$wanted" as_nobody ipctl sysv-mq ls -q -b --raw --noheadings -o $columns
    done
    expect_status 0 as_nobody ipctl sysv-mq stat -q -J "$id"
    cp "$out" theirs
    ipctl sysv-mq stat -q -J "$id" | cmp - theirs
done
# A process of root that is blocked there cannot be seen, and that is told.
background sysv-mq-recv "$id" 7
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
expect_output '- unknown' as_nobody ipctl sysv-mq stat --raw --noheadings -o blocked,usage "$id"
as_nobody ipctl sysv-mq stat -o blocked "$id" 2>note >/dev/null
grep -q 'could not be looked at' note || fail "no note: $(cat note)"
ipctl sysv-mq rm "$id"
