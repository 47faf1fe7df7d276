#!/bin/sh
# A semaphore whose file is emptied while CMD runs, or between two takes: no SIGBUS; the error says that it is gone.
. "$(dirname "$0")/lib.sh"

sem-make /s 2
expect_status 1 timeout 20 ipctl sem run /s -- truncate -s 0 /dev/shm/sem.s
expect_error '/s: '
expect_error shortened
rm /dev/shm/sem.s
sem-make /s 2
expect_status 1 timeout 20 ipctl sem listen /s -- truncate -s 0 /dev/shm/sem.s
expect_error shortened
rm /dev/shm/sem.s
sem-make /s 2
expect_status 123 timeout 20 ipctl sem listen /s -- sh -c 'truncate -s 0 /dev/shm/sem.s; exit 1'
expect_error '/s'
rm /dev/shm/sem.s

value() { [ "$(sem-op /s value)" -gt 1000 ]; }
sem-make /s 2
background sh -c 'exec timeout -s KILL 20 ipctl sem post -c 2147483647 /s 2>errors'
wait_until value
truncate -s 0 /dev/shm/sem.s
status=0
wait "$bg" || status=$?
[ $status = 1 ] || fail "post: status $status: $(cat errors)"
grep -q '^ipctl: sem send: /s: .*shortened' errors || fail "post: $(cat errors)"
rm /dev/shm/sem.s

# Someone removed the name meanwhile: that harms nobody.
sem-make /s 1
ln /dev/shm/sem.s /dev/shm/kept
expect_output '' ipctl sem run /s -- ipctl sem rm /s
expect_output 1 ipctl sem stat -o value --noheadings shm:/kept
rm /dev/shm/kept
