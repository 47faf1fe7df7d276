#!/bin/sh
# sysv-shm ls --filter: by any column, by patterns, all must match; sizes in bytes; stat has it too.
. "$(dirname "$0")/lib.sh"

a=$(sysv-shm-make 0x2a 4096 640)
b=$(sysv-shm-make 0x2b 5000 600)
c=$(sysv-shm-make private 4096 644)
background sysv-shm-hold "$b" 3 >held
wait_until grep -q ready held
found() {
    wanted=$1
    shift
    expect_output "$wanted" sh -c 'ipctl sysv-shm ls -q --noheadings -o id "$@" | xargs' sh "$@"
}
found "$a" --filter key=0x0000002a
found "$a $b" --filter 'key=0x0000002?'
found "$a $c" --filter size=4096
found '' --filter size=4K
found "$b" --filter attached=3
found "$a $c" --filter attached=0
found "$b" --filter usage=used
found "$a $c" --filter 'mode=064[04]'
found "$a" --filter size=4096 --filter 'mode=*0'
found '' --filter size=4096 --filter attached=3
found "$b" --filter "holders=$bg"
found "$b" --filter 'holders=sysv-shm-*'
found "$a $b $c" --filter state=live --filter "owner=$(id -un)"
found "$c" --filter "ID=$c"
expect_output "$b" ipctl sysv-shm stat --noheadings -o id --filter size=5000 "$a" "$b" "$c"
expect_output '{"schema":1,"objects":[{"mechanism":"sysv-shm","id":'"$b"'}]}' ipctl sysv-shm ls -J -o id --filter attached=3
for filter in size bogus=1 =1 ''; do expect_status 2 ipctl sysv-shm ls --filter "$filter"; done
ipctl sysv-shm rm -q "$a" "$b" "$c"
