#!/bin/sh
# sysv-sem as a user without rights (EACCES, EPERM): the message names call for what, owner and mode; nothing changes.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a set of another user"
id=$(sysv-sem-make 0x2a 2 600 3 0)
readable=$(sysv-sem-make private 2 644 3 0)
# The kernel sets sem_otime, field 9, when one ends who has tried to have something undone (exit_sem in ipc/sem.c), also in vain.
state() { sysv-sem-get "$id"; sysv-sem-get "$readable"; awk '{ $9 = ""; print }' /proc/sysvipc/sem; }
before=$(state)
denied() {
    wanted=$1
    shift
    expect_status "$wanted" as_nobody ipctl sysv-sem "$@"
    expect_error denied
    expect_error "root"
    expect_error "has mode $mode"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(state)" = "$before" ] || fail "$*: changed"
}
for set in "$id" 0x2a "$readable"; do
    mode=0600
    [ "$set" != "$readable" ] || mode=0644
    denied 1 post "$set"
    denied 1 wait -n "$set"
    denied 1 wait -w 9 "$set"
    denied 1 op "$set" 1:=0 0:-1
    denied 1 listen "$set"
    denied 125 run "$set" -- touch ran
    denied 125 op "$set" 0:-1 -- touch ran
    denied 1 set "$set" --values 1,1
    denied 1 set "$set:1" --value 1
    expect_status 1 as_nobody ipctl sysv-sem rm "$set"
    expect_error 'only its owner, its creator or root may do that'
    expect_status 1 as_nobody ipctl sysv-sem rm --force "$set"
    expect_status 1 as_nobody ipctl sysv-sem set "$set" -m 0666
    expect_error 'only its owner, its creator or root may do that'
done
mode=0600
denied 1 op "$id" 1:=0
# Waiting for zero is reading.
expect_output '' as_nobody ipctl sysv-sem op "$readable" 1:=0
ipctl sysv-sem set "$id" -m 0666
expect_output '' as_nobody ipctl sysv-sem op 0x2a 0:-3 1:+3
expect_status 1 as_nobody ipctl sysv-sem rm 0x2a
ipctl sysv-sem rm "$id" "$readable"
