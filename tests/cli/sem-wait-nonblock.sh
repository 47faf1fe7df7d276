#!/bin/sh
# sem wait -n does not wait: status 3 at value 0, for named and unnamed ones, and nothing is printed.
. "$(dirname "$0")/lib.sh"

shm-make /m 32
sem-make /s 2
sem-init shm:/m+0 2
for address in /s shm:/m+0; do
    expect_output '' ipctl sem wait -n $address
    expect_output 1 sem-op $address value
    expect_output '' ipctl sem recv --nonblock $address
    for verb in 'wait -n' 'recv -n -c 1' 'wait -n -J' 'listen -n' 'listen -n -- touch ran'; do
        # shellcheck disable=SC2086  # words
        expect_status 3 ipctl sem ${verb%% --*} $address ${verb#"${verb%% --*}"}
        [ ! -s "$out" ] || fail "$verb prints $(cat "$out")"
    done
    [ ! -e ran ] || fail "the command ran"
    expect_output 0 sem-op $address value
    sem-op $address post
    expect_output '' ipctl sem wait -n $address
done
expect_status 2 ipctl sem wait -n -w 1 /s
expect_status 4 ipctl sem wait -n /none
expect_error '/none: no such semaphore'
expect_status 4 ipctl sem wait -n shm:/none
ipctl sem rm /s
rm /dev/shm/m
