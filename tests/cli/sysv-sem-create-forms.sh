#!/bin/sh
# sysv-sem create: KEY and how many in any order, or neither; the id is printed, and nothing else.
. "$(dirname "$0")/lib.sh"

new() {
    wanted=$1
    shift
    expect_status 0 ipctl sysv-sem create "$@"
    id=$(cat "$out")
    case $id in '' | *[!0-9]*) fail "prints '$id'" ;; esac
    expect_output "$wanted" awk -v id="$id" '$2 == id { print sprintf("0x%08x", $1 < 0 ? $1 + 4294967296 : $1), $4 }' /proc/sysvipc/sem
    ipctl sysv-sem rm "$id"
}
touch file
key=$(sysv-ftok file 7)
new '0x00000000 1'
new '0x00000000 3' 3
new '0x00000000 1' private
new '0x00000000 2' private 2
new '0x00005eed 1' 0x5eed
new '0x00005eed 3' 0x5eed 3
new '0x00005eed 3' 3 0x5eed
new '0xfffffffe 2' 0xfffffffe --values 4,5
new '0x00000063 4' key:99 4
new "$key 2" ftok:./file:7 2
for wrong in '3 4' '0x1 0x2' 0 '0x1 0' '0x100000000 1' x '1 x' '0x1 1 1' 0x0 key:0; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl sysv-sem create $wrong
    [ ! -s "$out" ] || fail "$wrong: prints $(cat "$out")"
done
expect_status 4 ipctl sysv-sem create ftok:./none
expect_output '' ipctl sysv-sem ls --noheadings
