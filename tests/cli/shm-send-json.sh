#!/bin/sh
# shm write -J: one line with where and how many bytes were written; nothing when it failed.
. "$(dirname "$0")/lib.sh"

shm-make /here 100
printf 0123456789 >ten
expect_output '{"mechanism":"shm","name":"/here","offset":0,"written":5}' ipctl shm send -J /here hello
expect_output '{"mechanism":"shm","name":"/here","offset":7,"written":10}' ipctl shm write -J here --offset 7 -f ten
expect_output '{"mechanism":"shm","name":"/here","offset":1024,"written":10}' \
    sh -c 'cat ten | ipctl shm write --json --grow --offset 1K /here'
expect_output '{"mechanism":"shm","name":"/here","offset":0,"written":0}' ipctl shm write -J /here ''
expect_output '{"mechanism":"shm","name":"/here","offset":0,"written":2}' ipctl shm write -J --decode hex /here 0001
expect_status 1 ipctl shm write -J /here --offset 1034 x
[ ! -s "$out" ] || fail "prints $(cat "$out")"
expect_status 4 ipctl shm write -J /none x
[ ! -s "$out" ] || fail "prints $(cat "$out")"
ipctl shm rm /here
