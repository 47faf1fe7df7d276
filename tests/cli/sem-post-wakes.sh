#!/bin/sh
# sem post wakes a C program that waits, and sem_post by C wakes sem wait: by name, in shared memory and in a file.
. "$(dirname "$0")/lib.sh"

waiters() { [ "$(od -An -tu4 -j"$2" -N4 "$1")" -eq 1 ]; }
shm-make /m 128
truncate -s 128 data
ipctl sem create /s
ipctl sem init shm:/m+64
ipctl sem init file:data+64
for place in /s:/dev/shm/sem.s:4 shm:/m+64:/dev/shm/m:68 file:data+64:data:68; do
    word=${place##*:}
    place=${place%:*}
    file=${place##*:}
    address=${place%:*}
    background sem-op "$address" wait
    wait_until waiters "$file" "$word"
    expect_output '' ipctl sem post "$address"
    wait "$bg"
    background ipctl sem wait "$address"
    wait_until waiters "$file" "$word"
    sem-op "$address" post
    wait "$bg"
    background ipctl sem recv "$address"
    wait_until waiters "$file" "$word"
    expect_output '' ipctl sem send "$address"
    wait "$bg"
    expect_output 0 sem-op "$address" value
done
# Another foreign program: Python's own.
python3 -c 'import _multiprocessing as m
s = m.SemLock._rebuild(0, 1, 9, "/s"); s.release(); s.release(); assert s.acquire(False)'
expect_output '' ipctl sem wait -n /s
expect_status 3 ipctl sem wait -n /s
ipctl sem rm /s
rm /dev/shm/m
