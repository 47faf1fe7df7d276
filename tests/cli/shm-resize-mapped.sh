#!/bin/sh
# shm resize does not shrink what a process maps, and names the process; growing is fine, and so is who only has it open.
. "$(dirname "$0")/lib.sh"

for way in map both map-read private; do
    shm-make /here 10000
    background shm-hold /here $way >ready
    wait_until test -s ready
    expect_status 1 ipctl shm resize /here 100
    expect_error "/here: is mapped by $bg shm-hold"
    expect_error SIGBUS
    expect_error --force
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    expect_status 1 ipctl shm resize --sparse /here 9999
    expect_output 10000 shm-size /here
    expect_output '' ipctl shm resize /here 10000
    expect_output '' ipctl shm resize /here 20000
    expect_output '' ipctl shm resize --force /here 100
    expect_output 100 shm-size /here
    kill "$bg"
    wait "$bg" || :
    : >ready
    ipctl shm rm /here
done

shm-make /here 10000
background shm-hold /here open >ready
wait_until test -s ready
expect_output '' ipctl shm resize -q /here 100
expect_output 100 shm-size /here
ipctl shm rm /here
