#!/bin/sh
# shm resize: longer with zeros behind and the memory taken, or shorter; what is kept is the same, and mappings see it.
. "$(dirname "$0")/lib.sh"

used() {
    echo $(($(stat -c '%b * %B' /dev/shm/here)))
}
page=$(getconf PAGESIZE)
shm-make /here 10
shm-put /here 0 0123456789
expect_output '' ipctl shm resize /here $((3 * page))
expect_output $((3 * page)) shm-size /here
[ "$(used)" -ge $((2 * page)) ] || fail "takes no memory: $(used)"
printf 0123456789 >wanted
truncate -s $((3 * page)) wanted
shm-get /here 0 $((3 * page)) | cmp - wanted
before=$(used)
expect_output '' ipctl shm resize --sparse here 1M
expect_output $((1024 * 1024)) shm-size /here
expect_output "$before" used
expect_output '' ipctl shm resize /here 5
expect_output 01234 cat /dev/shm/here
expect_output '' ipctl shm resize /here 10
printf '01234\0\0\0\0\0' | cmp - /dev/shm/here
expect_output '' ipctl shm resize /here 10
expect_output '' ipctl shm resize /here 0
expect_output 0 used

for wrong in x -1 1Q ''; do
    expect_status 2 ipctl shm resize /here "$wrong"
done
expect_status 2 ipctl shm resize /here
expect_status 4 ipctl shm resize /none 10
expect_error '/none: no such object'
expect_status 1 ipctl shm resize /here 18446744073709551615
expect_status 1 ipctl shm resize --sparse /here 18446744073709551615
expect_output 0 shm-size /here
ipctl shm rm /here
