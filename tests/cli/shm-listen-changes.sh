#!/bin/sh
# shm listen prints the contents whenever a C program has changed them, to a file too, until it is stopped; -c N stops by itself.
. "$(dirname "$0")/lib.sh"

shm-make /here 4
shm-put /here 0 0000
mkfifo ready
background sh -c 'exec ipctl shm listen --interval 1ms --ready-fd 5 /here 5>ready >got'
IFS= read -r line <ready
[ -z "$line" ] || fail "ready says '$line'"
[ ! -s got ] || fail "printed before anything changed: $(cat got)"
for text in 1111 2222 1111; do
    shm-put /here 0 $text
    wait_until sh -c "tail -n 1 got | grep -qx $text"
done
# Written by ipctl, and by whoever maps it from Python.
ipctl shm write /here --offset 3 x
wait_until grep -qx 111x got
python3 -c 'import mmap, os
memory = mmap.mmap(os.open("/dev/shm/here", os.O_RDWR), 4)
memory[0:2] = b"py"'
wait_until grep -qx py1x got
kill "$bg"
status=0
wait "$bg" || status=$?
[ $status = 143 ] || fail "status $status"
expect_output '1111
2222
1111
111x
py1x' cat got

background sh -c 'exec ipctl shm listen -c 3 --interval 1ms --ready-fd 5 -F "%c %s" here 5>ready >got'
read -r _ <ready
for i in 1 2 3; do
    shm-put /here 0 aaa$i
    wait_until grep -qx "$i aaa$i" got
done
wait "$bg" || fail "status $?"
expect_output aaa3 cat /dev/shm/here
ipctl shm rm /here
