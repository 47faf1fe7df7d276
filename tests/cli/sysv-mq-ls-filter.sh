#!/bin/sh
# sysv-mq ls --filter KEY=VALUE: patterns on any column, shown or not, several must all match; stat takes them as well.
. "$(dirname "$0")/lib.sh"

one=$(sysv-mq-make 0x10 600 100)
two=$(sysv-mq-make 0x11 640 200)
three=$(sysv-mq-make private 644 200)
sysv-mq-send "$two" 1 text
background sysv-mq-recv "$three" 5
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $three | grep -q msgrcv"
filtered() {
    wanted=$1
    shift
    expect_output "$wanted" sh -c 'ipctl sysv-mq ls -q --noheadings -o id "$@" | xargs' sh "$@"
}
filtered "$one $two" --filter 'key=0x0000001?'
filtered "$three" --filter key=0x00000000
filtered "$two $three" --filter capacity=200
filtered "$two" --filter capacity=200 --filter 'messages=[1-9]'
filtered "$three" --filter mode=0644
filtered "$two" --filter BYTES=4
filtered "$three" --filter blocked=sysv-mq-recv
filtered "$three" --filter "blocked=$bg"
filtered "$three" --filter usage=used
filtered "$one $two $three" --filter "owner=$(id -un)"
filtered '' --filter id=nothing
expect_output "$two" ipctl sysv-mq stat --noheadings -o id --filter messages=1 0x10 0x11
for wrong in key nosuch=x =x ''; do expect_status 2 ipctl sysv-mq ls --filter="$wrong"; done
ipctl sysv-mq rm "$one" "$two" "$three"
