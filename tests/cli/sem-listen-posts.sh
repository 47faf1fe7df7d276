#!/bin/sh
# sem listen takes posts as they come until it is stopped, and prints a line for each at once, to a file too.
. "$(dirname "$0")/lib.sh"

shm-make /m 32
ipctl sem create /s --value 1
ipctl sem init shm:/m+0 --value 1
for address in /s shm:/m+0; do
    background sh -c "exec ipctl sem listen $address >got"
    for number in 1 2 3; do
        wait_until grep -qxF "$address $number" got
        sem-op $address post
    done
    ipctl sem post -c 100 $address
    wait_until grep -qxF "$address 104" got
    kill "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = 143 ] || fail "status $status"
    seq -f "$address %g" 104 | cmp - got
    expect_output 0 sem-op $address value
done

ipctl sem post -c 3 /s
expect_output '1 0
2 0' ipctl sem listen -c 2 -F '%c %l' /s
expect_output '1 1' sh -c 'ipctl sem listen -J -c 1 /s | python3 -c "import json, sys
for line in sys.stdin: post = json.loads(line); print(post[\"seq\"], len([line]))"'
expect_output 0 sem-op /s value
expect_status 2 ipctl sem listen
expect_error NAME
expect_status 2 ipctl sem listen -a /s
expect_status 4 ipctl sem listen /none
ipctl sem rm /s
rm /dev/shm/m
