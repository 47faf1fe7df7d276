#!/bin/sh
# sysv-sem wait that cannot write what it took puts it back, all of it.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create 2 --values 5,4)
values() { sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
for command in "wait -F %c $id" "wait -F %c -c 3 $id" "wait -J -c 2 $id:1" "wait -a -F %c $id" "listen -c 2 $id:1" "listen $id"; do
    expect_status 1 sh -c "ipctl sysv-sem $command >/dev/full"
    [ "$(values)" = '5 4' ] || fail "$command: $(values) are left"
    expect_status 1 sh -c "ipctl sysv-sem $command >&-"
    [ "$(values)" = '5 4' ] || fail "$command, closed: $(values) are left"
done
expect_output '' ipctl sysv-sem wait -c 3 "$id"
expect_output '2 4' values
ipctl sysv-sem rm "$id"
