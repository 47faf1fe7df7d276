#!/bin/sh
# messages of ipctl, of a C program and of shells, written into one pipe at once, are all whole
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
end=/proc/${pipe%:*}/fd/${pipe#*:}
writers=
for writer in a b c; do
    i=0
    while [ $i -lt 300 ]; do
        i=$((i + 1))
        printf "$writer%$((i * 13 % 4000))s$writer\n" ''
    done >"in.$writer"
    background ipctl pipe send -f "in.$writer" "$pipe"
    writers="$writers $bg"
done
i=0
while [ $i -lt 200 ]; do
    i=$((i + 1))
    echo "shell $i"
done >in.shell
background sh -c "while read -r line; do echo \"\$line\"; done <in.shell >>$end"
writers="$writers $bg"
background ipctl pipe listen -c 1100 "$pipe" >got
reader=$bg
for pid in $writers; do wait "$pid"; done
wait "$reader"
for writer in a b c; do grep "^$writer" got | cmp - "in.$writer"; done
grep ^shell got | cmp - in.shell
