#!/bin/sh
# pipes of other users: PID:FD is refused, with the reason; an inherited end is used as it is, never waiting in a call, its flags kept
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
for verb in send recv listen; do
    expect_status 1 as_nobody ipctl pipe $verb "$pipe"
    expect_error "$pipe: permission denied: the process is another user's, or what it has open may not be opened so"
done
# As nobody, a pipe that root made.
nobody_prepare ipctl
program=$nobody_program
as() { setpriv --reuid 65534 --regid 65534 --clear-groups -- "$@"; }
export HOME="$tmp/.nobody"
can_write() { echo x | as "$program" pipe send fd:1 | cat >wrote 2>&1; }
can_write 2>"$err" || :
[ -s wrote ] || skip "RWF_NOWAIT for pipes needs Linux 6.4: $(cat "$err")"
expect_output 'x' cat wrote
printf 'one\ntwo\nthree\n' | {
    expect_output one as pipe-flags "$program" pipe recv fd:0
    expect_output two as pipe-flags "$program" pipe recv -n fd:0
    expect_output three cat
}
{ as pipe-flags "$program" pipe send fd:1 a b && as pipe-flags "$program" pipe send --lock fd:1 "$(printf '%70000s' x)"; } |
    expect_output 70005 wc -c
# Full, and empty.
ipctl pipe send --lock -w 100ms "$pipe" "$(printf '%100000s' x)" 2>"$err" || [ $? = 124 ]
end=/proc/${pipe%:*}/fd/${pipe#*:}
expect_status 3 as "$program" pipe send -n fd:5 x 5>"$end"
expect_status 124 as "$program" pipe send -w 50ms fd:5 x 5>"$end"
ipctl pipe recv --stream -n "$pipe" >got || [ $? = 3 ]
expect_status 3 as "$program" pipe recv -n fd:5 5<"$end"
expect_status 124 as "$program" pipe recv -w 50ms fd:5 5<"$end"
# Waiting, until something comes.
background as pipe-flags "$program" pipe recv fd:5 5<"$end" >got
wait_until sh -c "ipctl pipe stat -q -o blocked --noheadings $pipe | grep -q ipctl"
ipctl pipe send "$pipe" late
wait "$bg"
expect_output late cat got
expect_status 1 as "$program" pipe send --packet fd:5 x 5>"$end"
expect_error 'packets need that'
