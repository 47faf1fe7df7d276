#!/bin/sh
# Objects of ipctl, of C programs and of Python's multiprocessing.shared_memory are the same, in both directions.
. "$(dirname "$0")/lib.sh"

shm-make /c 16
expect_output '' ipctl shm write /c 'from ipctl'
expect_output 'from ipctl' shm-get /c 0 10
shm-put /c 0 'from C    '
expect_output 'from C    ' ipctl shm read --length 10 /c

ipctl shm create /ipctl 16
shm-put /ipctl 6 'C too'
expect_output 'C too' ipctl shm read --offset 6 --length 5 /ipctl
shm-size /ipctl 32
expect_output 32 ipctl shm stat -b --noheadings -o size /ipctl
python3 -c 'from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
resource_tracker.register = resource_tracker.unregister = lambda *name: None
made = SharedMemory("python", create=True, size=100)
made.buf[:6] = b"python"
other = SharedMemory("ipctl")
other.buf[:6] = b"python"'
expect_output python ipctl shm read --length 6 /python
expect_output pythonC ipctl shm read --length 7 /ipctl
expect_output '/c /ipctl /python' sh -c 'ipctl shm ls --noheadings -o name | xargs'
ipctl shm rm /python /ipctl /c
