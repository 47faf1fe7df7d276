#!/bin/sh
# sem post beyond the largest value: status 1, the error names it and how many posts were made before it; so does -J.
. "$(dirname "$0")/lib.sh"

shm-make /m 32
ipctl sem create /s --value 2147483640
ipctl sem init shm:/m+0 --value 2147483640
for address in /s shm:/m+0; do
    expect_status 1 ipctl sem post -c 10 $address
    expect_error "$address: "
    expect_error 'largest value, 2147483647'
    expect_error '7 posts of 10'
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    expect_output 2147483647 sem-op $address value
    expect_status 1 ipctl sem post $address
    expect_error 'largest value, 2147483647'
    sem-op $address wait 2
    expect_status 1 ipctl sem post -J -c 3 $address
    expect_error '2 posts of 3'
    python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["sent"] == 2' "$out"
    expect_status 1 ipctl sem post -J $address
    python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["sent"] == 0' "$out"
    expect_output 2147483647 sem-op $address value
done
ipctl sem rm /s
rm /dev/shm/m
