#!/bin/sh
# sem names with none, one or several leading slashes are one semaphore, as for C; "." and ".." are names like others.
. "$(dirname "$0")/lib.sh"

for name in a /a //a ///a; do
    expect_output '' ipctl sem create $name --value 1
    for other in a /a //a ////a; do
        expect_output 1 sem-op $other value
        expect_output /a ipctl sem stat -o name --noheadings $other
        expect_output /a ipctl sem wait -F %n $other
        expect_output '' ipctl sem post $other
    done
    expect_status 5 ipctl sem create /a
    expect_output '' ipctl sem rm /$name
    expect_output '' ls -A /dev/shm
done

for name in . .. ...; do
    expect_output '' ipctl sem create $name --value 2
    [ -f "/dev/shm/sem.$name" ] || fail "/dev/shm has $(ls -A /dev/shm)"
    sem-op /$name wait
    expect_output "/$name 1" ipctl sem ls -o name,value --noheadings --raw
    expect_output '' ipctl sem rm /$name
    sem-make /$name 1
    expect_output '' ipctl sem wait -n $name
    expect_output '' ipctl sem rm $name
done
