#!/bin/sh
# shm rm of several: all that can be are removed, the others named; status 4 when every failure is a missing object, else 1.
. "$(dirname "$0")/lib.sh"

for name in a b c; do shm-make /$name 10; done
expect_output '' ipctl shm rm /a b
expect_output c ls /dev/shm
expect_status 4 ipctl shm rm /none /c /gone
expect_error '/none: no such object'
expect_error '/gone: no such object'
expect_output '' ls /dev/shm
expect_status 4 ipctl shm rm /none
expect_output '' ipctl shm rm --force /none
shm-make /a 10
expect_output '' ipctl shm rm --force /none /a /gone
expect_output '' ls /dev/shm
shm-make /a 10
expect_status 4 ipctl shm rm /a //a
# A name that is none is seen before anything is removed.
shm-make /a 10
expect_status 2 ipctl shm rm /a /b/c
expect_output a ls /dev/shm
expect_status 2 ipctl shm rm
expect_error NAME
expect_status 2 ipctl shm rm -a
expect_status 2 ipctl shm rm --forse /a
expect_error "'--force'"
expect_output a ls /dev/shm
rm /dev/shm/a
