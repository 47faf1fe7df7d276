#!/bin/sh
# sem wait -c N takes N or nothing: after a timeout, at -n and after a signal the value is what it was.
. "$(dirname "$0")/lib.sh"

value() { [ "$(sem-op "$1" value)" = "$2" ]; }
shm-make /m 32
sem-make /s 3
sem-init shm:/m+0 3
for address in /s shm:/m+0; do
    expect_output '' ipctl sem wait -c 2 $address
    expect_output 1 sem-op $address value
    sem-op $address post 2
    expect_status 3 ipctl sem wait -n -c 4 $address
    expect_output 3 sem-op $address value
    expect_status 124 ipctl sem wait -w 100ms -c 4 $address
    expect_output 3 sem-op $address value
    for signal in TERM:143 INT:130 HUP:129; do
        background env --default-signal sh -c "exec ipctl sem wait -c 5 -F %c $address >got 2>errors"
        wait_until value $address 0
        kill "-${signal%:*}" "$bg"
        status=0
        wait "$bg" || status=$?
        [ $status = "${signal#*:}" ] || fail "SIG${signal%:*}: status $status"
        expect_output 3 sem-op $address value
        [ ! -s got ] || fail "printed $(cat got)"
        [ ! -s errors ] || fail "complains $(cat errors)"
    done
    background sh -c "exec ipctl sem wait -c 5 -F %c $address >got"
    wait_until value $address 0
    ipctl sem post $address
    sem-op $address post
    wait "$bg"
    expect_output '1
2
3
4
5' cat got
    expect_output 0 sem-op $address value
done
expect_status 2 ipctl sem wait -c 0 /s
ipctl sem rm /s
rm /dev/shm/m
