#!/bin/sh
# signal stat --signal: what a signal would do: handler, default, ignored, blocked in all threads or in one, zombie, kernel thread
. "$(dirname "$0")/lib.sh"

effect() {
    wanted=$1 target=$2
    shift 2
    expect_output "$wanted" ipctl signal stat "$target" --noheadings -o effect --filter "tid=$target" --signal "$@"
}
background ipctl signal run --block RTMIN --ignore HUP,CONT --default INT,QUIT -- signal-catch -t 10 > got
wait_until test -s got
effect 'its handler runs' "$bg" USR1
effect 'nothing: it is ignored' "$bg" HUP
effect 'ends the process' "$bg" TERM
effect 'ends the process' "$bg" kill
effect 'ends the process, with a core dump' "$bg" QUIT
effect 'stops the process' "$bg" TSTP
effect 'stops the process' "$bg" STOP
effect 'nothing: that is its default' "$bg" WINCH
effect 'waits: all threads block it' "$bg" RTMIN
effect 'continues the process if it is stopped; nothing: it is ignored' "$bg" CONT
expect_output '- -' sh -c "ipctl signal stat $bg --noheadings -o effect | xargs"
background signal-wait 1 10 > got
wait_until grep -q ready got
wait_until sh -c "ipctl signal stat $bg --signal USR1 -o effect | grep -q sigwaitinfo"
effect 'ends the process, unless sigwaitinfo(2), in which it is, takes it' "$bg" USR1
mkfifo talk
signal-zombie 0 < talk > zombie &
parent=$!
exec 5> talk
wait_until test -s zombie
effect 'nothing: it has ended' "$(cat zombie)" KILL
expect_output zombie ipctl signal stat "$(head -n 1 zombie)" -o state --noheadings
printf '\n\n' >&5
wait "$parent"
if [ "$root" = yes ] && [ "$(cat /proc/2/comm)" = kthreadd ]; then
    effect 'nothing: a thread of the kernel' 2 KILL
    expect_status 0 ipctl signal send 2 0
    ipctl signal stat 2 -o state --noheadings | grep -q '^kernel thread, '
fi
expect_status 2 ipctl signal stat $$ --signal NONE
