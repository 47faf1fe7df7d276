#!/bin/sh
# shm recv and read print the bytes exactly, NULs too, with nothing behind them, to a file and a pipe; what C wrote, and any length.
. "$(dirname "$0")/lib.sh"

python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 1000 + b"end\0")' >data
shm-make /here "$(stat -c %s data)"
dd if=data of=/dev/shm/here conv=notrunc status=none
for verb in recv read; do
    ipctl shm $verb /here >got
    cmp data got
    ipctl shm $verb here | cmp - data
    ipctl shm $verb /here >>got
    expect_output $((2 * 256004)) stat -c %s got
done
[ "$(stat -c %s /dev/shm/here)" = 256004 ] || fail "reading changed it"
cmp data /dev/shm/here

shm-make /empty 0
expect_output '' ipctl shm read /empty
shm-make /nul 1
expect_output 00 sh -c 'ipctl shm read /nul | od -An -tx1 | tr -d " "'
shm-put /nul 0 x
printf x >wanted
ipctl shm read /nul | cmp - wanted
# A hole is zeros.
ipctl shm create --sparse /hole 300K
ipctl shm read /hole >got
cmp -n 307200 got /dev/zero
expect_output 307200 stat -c %s got
expect_status 4 ipctl shm read /none
expect_error '/none: no such object'
ipctl shm rm /here /empty /nul /hole
