#!/bin/sh
# sem run: CMD has the descriptors that ipctl was given, and none of ipctl's own; it does not hold the semaphore itself.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 1
shm-make /m 32
ipctl sem init shm:/m+0 --value 1
echo given >file
cat >descriptors <<'S'
#!/usr/bin/python3
import os
print(*sorted(int(fd) for fd in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + fd)))
S
chmod +x descriptors
for address in /s shm:/m+0; do
    expect_output given ipctl sem run $address -- cat <file
    expect_output given sh -c "exec ipctl sem run $address -- sh -c 'cat <&5' 5<file"
    # As without ipctl.
    expect_output "$(./descriptors 5<file)" sh -c "exec ipctl sem run $address -- ./descriptors 5<file"
    expect_output 0 sh -c "exec ipctl sem run $address -- sh -c 'grep -c /dev/shm /proc/self/maps || :'"
done
# With none at all it works as well.
expect_status 0 sh -c 'exec ipctl sem run /s -- true <&- >&- 2>&-'
expect_output 1 sem-op /s value
ipctl sem rm /s
rm /dev/shm/m
