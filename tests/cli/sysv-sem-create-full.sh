#!/bin/sh
# sysv-sem create whose id cannot be written leaves no set; one that was there already stays.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

for command in '' '0x2a 3' '0x2a --values 1,2 --if-missing' '-J 0x2a' '-q -J 4 -m 0400'; do
    expect_status 1 sh -c "ipctl sysv-sem create $command >/dev/full"
    expect_error 'space left'
    expect_output '' ipctl sysv-sem ls --noheadings
    expect_status 1 sh -c "ipctl sysv-sem create $command >&-"
    expect_output '' ipctl sysv-sem ls --noheadings
done
id=$(ipctl sysv-sem create 0x2a --values 1,2)
expect_status 1 sh -c 'ipctl sysv-sem create 0x2a --values 1,2 --if-missing >/dev/full'
expect_output '1 2' sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | xargs"
for verb in 'set -J 0x2a --value 5' 'stat 0x2a' ls 'ls -J' 'rm -J 0x2a'; do
    expect_status 1 sh -c "ipctl sysv-sem $verb >/dev/full"
    expect_error 'space left'
done
expect_status 0 ipctl sysv-sem rm --force 0x2a
