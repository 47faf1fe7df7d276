#!/bin/sh
# shm send and write put the argument's bytes at --offset and change nothing else; C reads them through its mapping at once.
. "$(dirname "$0")/lib.sh"

shm-make /here 16
background shm-hold /here map >ready
wait_until test -s ready
expect_output '' ipctl shm send /here hello
expect_output '' ipctl shm write --offset 6 here world
printf 'hello\0world\0\0\0\0\0' >wanted
shm-get /here 0 16 | cmp - wanted
expect_output '' ipctl shm write /here --offset 15 '!'
expect_output '!' shm-get /here 15 1
expect_output '' ipctl shm write /here 0123456789abcdef
expect_output 0123456789abcdef shm-get /here 0 16
shm-put /here 10 ABCDEF
expect_output 0123456789ABCDEF ipctl shm read /here
# No data is no change, and fits at the end too.
expect_output '' ipctl shm write /here ''
expect_output '' ipctl shm write /here --offset 16 ''
expect_output 0123456789ABCDEF ipctl shm read /here
expect_output 16 shm-size /here
python3 -c 'from multiprocessing import shared_memory, resource_tracker
memory = shared_memory.SharedMemory("here")
assert bytes(memory.buf[:16]) == b"0123456789ABCDEF"
memory.buf[:6] = b"python"
resource_tracker.unregister("/here", "shared_memory")'
expect_output python6789ABCDEF ipctl shm read /here
ipctl shm rm /here
