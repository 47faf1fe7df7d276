#!/bin/sh
# sem init PID:FD+OFFSET and fd:N+OFFSET: what a process has open, also after its name is gone, and what ipctl inherited.
. "$(dirname "$0")/lib.sh"

shm-make /m 128
background shm-hold /m both >held
wait_until test -s held
fd=$(basename "$(find "/proc/$bg/fd" -lname /dev/shm/m)")
expect_output '' ipctl sem init "$bg:$fd+64" --value 3
expect_output 3 sem-op shm:/m+64 value
sem-init "shm:/m+0" 5
expect_output '' ipctl sem wait -n -c 5 "$bg:$fd"
expect_output 0 sem-op shm:/m+0 value

exec 4<>/dev/shm/m 5</dev/shm/m
rm /dev/shm/m
expect_output '' ipctl sem post "$bg:$fd+64"
expect_output 4 ipctl sem stat -o value --noheadings fd:4+64
expect_output '' ipctl sem init fd:4+32 --value 1
expect_output '' ipctl sem wait -n fd:4+0x20
expect_status 3 ipctl sem wait -n "$bg:$fd+32"
expect_output '' ipctl sem destroy fd:4+64
expect_status 1 ipctl sem post fd:4+64
expect_error 'no semaphore'

expect_status 1 ipctl sem post fd:5+32
expect_error 'fd:5: is not open for writing'
expect_output 0 ipctl sem stat -o value --noheadings fd:5+32
expect_status 4 ipctl sem post "$bg:999+64"
expect_status 4 ipctl sem post 4194304:3+64
expect_status 4 ipctl sem post fd:8+64
exec 6>plain 7</dev/null
for address in fd:6+64 fd:7+64; do
    expect_status 1 ipctl sem init $address
    expect_error "${address%+*}: "
done
