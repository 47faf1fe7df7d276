#!/bin/sh
# sem-alternate [full]: two processes that take turns by two semaphores, ipctl and C or two of ipctl, never get out of step
. "$(dirname "$0")/../cli/lib.sh"

turns=125
if [ "${1:-}" = full ]; then turns=10000; fi

# take_turns OWN OTHER LETTER: a process of ipctl for each wait and each post
take_turns() {
    left=$turns
    while [ "$left" -gt 0 ]; do
        ipctl sem wait "$1" || exit 1
        printf %s "$3" >>log
        ipctl sem post "$2" || exit 1
        left=$((left - 1))
    done
}

shm-make /m 128
sem-make /a 1
sem-make /b 0
sem-init shm:/m+0 1
sem-init shm:/m+96 0
for pair in '/a /b' 'shm:/m+0 shm:/m+96'; do
    a=${pair% *}
    b=${pair#* }
    for other in ipctl C; do
        : >log
        if [ $other = C ]; then background sem-alternate "$b" "$a" $turns log; else background take_turns "$b" "$a" c; fi
        take_turns "$a" "$b" i
        wait "$bg" || fail "the other ended with status $?"
        [ "$(fold -w 2 log | sort | uniq -c | xargs)" = "$turns ic" ] || fail "out of step: $(fold -w 2 log | grep -nvx ic | head)"
        expect_output 1 sem-op "$a" value
        expect_output 0 sem-op "$b" value
        echo "$turns turns each of ipctl and $other by $a and $b: in step"
    done
done
ipctl sem rm /a /b
rm /dev/shm/m
