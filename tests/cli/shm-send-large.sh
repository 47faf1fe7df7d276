#!/bin/sh
# shm write, read and copy of more than any buffer, from a file and a pipe, to a file and a pipe: every byte arrives.
. "$(dirname "$0")/lib.sh"

head -c 33000001 /dev/urandom >data
ipctl shm create /here 33000001
ipctl shm write /here -f data
cmp data /dev/shm/here
ipctl shm read /here >got
cmp data got
ipctl shm read /here | cmp - data
ipctl shm copy /here /copy
cmp data /dev/shm/copy
tr '\0-\377' '\1-\377\0' <data >other
for command in 'cat other | ipctl shm write /here' 'cat other | dd bs=1000 status=none | ipctl shm write --grow /here' \
    'ipctl shm write /here <other' 'cat other | ipctl shm write --length 33000001 /here'; do
    ipctl shm write /here -f data
    sh -c "$command"
    cmp other /dev/shm/here || fail "$command"
    expect_output 33000001 shm-size /here
done
sh -c "cat other | ipctl shm create /new -f -"
cmp other /dev/shm/new
# One byte too many, seen only at the end: nothing of it is there.
expect_status 1 sh -c '{ cat data; echo; } | ipctl shm write /here'
cmp other /dev/shm/here
ipctl shm rm /here /copy /new
