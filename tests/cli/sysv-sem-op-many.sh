#!/bin/sh
# sysv-sem op with more operations than SEMOPM (E2BIG): the error tells how many and the limit; up to it, all are done in one step.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 1)
many() { seq "$1" | sed 's/.*/0:+1/'; }
limit=$(awk '{ print $3 }' /proc/sys/kernel/sem)
# shellcheck disable=SC2046  # words
expect_output '' ipctl sysv-sem op "$id" $(many "$limit")
expect_output $((limit + 1)) sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
for count in $((limit + 1)) $((limit + 700)); do
    # shellcheck disable=SC2046  # words
    expect_status 1 ipctl sysv-sem op "$id" $(many "$count")
    expect_error "$count operations"
    expect_error "SEMOPM = $limit"
    expect_error kernel.sem
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
done
expect_output $((limit + 1)) sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
echo '32000 1024000000 3 32000' 2>/dev/null >/proc/sys/kernel/sem || { ipctl sysv-sem rm "$id"; skip "kernel.sem cannot be changed here"; }
expect_status 1 ipctl sysv-sem op "$id" 0:+1 0:+1 0:+1 0:-1
expect_error '4 operations'
expect_error 'SEMOPM = 3'
expect_status 125 ipctl sysv-sem op "$id" 0:+1 0:+1 0:+1 0:-1u -- touch ran
[ ! -e ran ] || fail "the command ran"
expect_output '' ipctl sysv-sem op "$id" 0:+1 0:+1 0:-1
# Values of more semaphores than that are set all the same.
other=$(ipctl sysv-sem create --values 1,2,3,4,5)
expect_output '1 2 3 4 5' sh -c "sysv-sem-get $other | cut -d ' ' -f 1 | xargs"
ipctl sysv-sem rm "$id" "$other"
