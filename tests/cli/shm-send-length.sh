#!/bin/sh
# shm write --length takes so many bytes of its input and leaves the rest; input that has fewer is an error.
. "$(dirname "$0")/lib.sh"

shm-make /here 10
printf 0123456789abcdef >data
wrote() {
    expect_output '' sh -c "$1"
    expect_output 0123456 shm-get /here 2 7
    printf '\0\0\0\0\0\0\0' | dd of=/dev/shm/here bs=1 seek=2 conv=notrunc status=none
}
wrote 'ipctl shm write --offset 2 --length 7 /here -f data'
wrote 'ipctl shm write --offset 2 --length 7 /here <data'
wrote 'cat data | ipctl shm write --offset 2 --length 7 /here'
wrote 'yes 0123456 | ipctl shm write --offset 2 --length 7 /here'
expect_output 789 sh -c '{ ipctl shm write --length 7 /here; head -c 3; } <data'
expect_output '' ipctl shm write --length 0 /here -f data

ipctl shm resize /here 0
ipctl shm resize /here 10
for command in 'ipctl shm write --length 17 --grow /here -f data' 'ipctl shm write --length 17 --grow /here <data' \
    'printf 303132 | ipctl shm write --decode hex --length 7 /here'; do
    expect_status 1 sh -c "$command"
    expect_error ' none were written'
    printf '\0\0\0\0\0\0\0\0\0\0' | cmp - /dev/shm/here
done
# The length of a pipe shows only when it ends: what came is there, and the error says how much.
expect_status 1 sh -c 'printf 0123 | ipctl shm write --length 7 /here'
expect_error 'standard input: ended after 4 of 7 bytes'
expect_output 0123 shm-get /here 0 4
expect_status 2 ipctl shm write --length 3 /here text
expect_error --length
ipctl shm rm /here
