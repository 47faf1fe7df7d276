#!/bin/sh
# sysv-shm rm of several: all that can be are removed, the others named; status 4 when every failure is a missing one, else 1; --force.
. "$(dirname "$0")/lib.sh"

touch file
a=$(sysv-shm-make 0x2a 10 600)
b=$(sysv-shm-make "$(sysv-ftok file 7)" 10 600)
c=$(sysv-shm-make private 10 0)
expect_output '' ipctl sysv-shm rm key:42 ftok:file:7
! sysv-exists shm "$a" && ! sysv-exists shm "$b" || fail "still there"
expect_status 4 ipctl sysv-shm rm "$a" "$c" 0x2a
expect_error "$a: no such segment"
expect_error '0x2a: no such segment'
[ "$(wc -l <"$err")" = 2 ] || fail "not a line for each: $(cat "$err")"
! sysv-exists shm "$c" || fail "still there"
expect_output '' ipctl sysv-shm rm --force "$a" 0x2a
a=$(sysv-shm-make 0x2a 10 600)
expect_output '' ipctl sysv-shm rm --force "$b" 0x2a "$c"
expect_output '' ipctl sysv-shm ls --noheadings
a=$(sysv-shm-make 0x2a 10 600)
expect_status 4 ipctl sysv-shm rm 0x2a "$a"
# What is no selector is seen before anything is removed.
a=$(sysv-shm-make 0x2a 10 600)
for bad in private 0x0 x 0x 42x 0x1ffffffff -1 ''; do
    expect_status 2 ipctl sysv-shm rm -- 0x2a "$bad"
    sysv-exists shm "$a" || fail "$bad: the other was removed"
done
expect_status 2 ipctl sysv-shm rm
expect_status 2 ipctl sysv-shm rm --all
sysv-exists shm "$a" || fail "removed"
sysv-rm shm "$a"
