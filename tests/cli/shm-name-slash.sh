#!/bin/sh
# shm names are taken with any number of leading slashes by every verb, as shm_open does, and printed with one.
. "$(dirname "$0")/lib.sh"

for name in both /both //both ////both; do
    expect_status 0 ipctl shm create "$name" 5
    expect_output '' shm-put both 0 by-c
    expect_output '/both by-c' ipctl shm read -F '%n %s' --length 4 "$name"
    expect_output '' ipctl shm write "$name" here
    expect_output here shm-get "$name" 0 4
    expect_output '' ipctl shm resize "$name" 4
    expect_output here shm-get ///both 0 4
    expect_output '/both' ipctl shm stat -o name --noheadings "$name"
    expect_output '/both' ipctl shm ls -o name --noheadings
    expect_output '' ipctl shm copy "$name" "//both-2"
    expect_output '' ipctl shm rm ///both-2
    expect_status 5 ipctl shm create "$name" 5
    expect_error '/both: '
    # shellcheck disable=SC2016  # for another shell
    expect_output /both ipctl shm run "$name" -- sh -c 'echo "$IPCTL_NAME"'
    expect_output '{"schema":1,"removed":[{"name":"/both"}],"errors":[]}' ipctl shm rm -J "$name"
    [ ! -e /dev/shm/both ] || fail "$name was not removed"
done
