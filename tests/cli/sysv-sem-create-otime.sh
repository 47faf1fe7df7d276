#!/bin/sh
# sysv-sem create sets sem_otime, which tells others that the set is complete: with values, with none, with 0, the largest, and many.
. "$(dirname "$0")/lib.sh"

otime() {
    id=$(ipctl sysv-sem create "$@")
    operated=$(awk -v id="$id" '$2 == id { print $9 }' /proc/sysvipc/sem)
    now=$(date +%s)
    if [ "$operated" -lt $((now - 60)) ] || [ "$operated" -gt $((now + 1)) ]; then fail "$*: sem_otime is $operated"; fi
    expect_output "$operated" sh -c "ipctl sysv-sem stat -q -J $id | jq '.objects[0].otime_ns / 1000000000'"
}
otime
otime 3
otime --values 0
otime 2 --values 0,0
otime --values 1,5
otime --values 32767
otime --values 32767,0 -m 0400
otime 700
otime "$(seq 700 | xargs | tr ' ' , | sed 's/^/--values=/')"
expect_output "$(seq 700 | sum)" sh -c "sysv-sem-get $id | cut -d ' ' -f 1 | sum"
otime "$(seq 600 | sed 's/.*/32767/' | xargs | tr ' ' , | sed 's/^/--values=/')"
expect_output 600 sh -c "sysv-sem-get $id | grep -c '^32767 '"
otime "$(seq 600 | sed 's/.*/0/' | xargs | tr ' ' , | sed 's/^/--values=/')"
# What others make has none yet.
id=$(sysv-sem-make private 1 600)
expect_output null sh -c "ipctl sysv-sem stat -q -J $id | jq '.objects[0].otime_ns'"
expect_output - ipctl sysv-sem stat -q --raw --noheadings -o otime "$id"
ipctl sysv-sem ls --noheadings -o id | xargs ipctl sysv-sem rm
