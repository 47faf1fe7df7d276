#!/bin/sh
# signal send PID:INODE to a number that another process has by now is refused
# no-mqueue
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

unshare --pid --fork --mount-proc true 2> "$err" || skip "no PID namespaces here: $(cat "$err")"
cat > inside <<'S'
sleep 60 &
pid=$!
inode=$(ipctl signal stat $pid -o inode --noheadings)
[ "$inode" != - ] || exit 77
kill $pid
wait $pid
# The next process gets the number again.
echo $((pid - 1)) > /proc/sys/kernel/ns_last_pid || exit 78
signal-catch 15 > got &
[ $! = $pid ] || exit 79
until grep -q ready got; do sleep 0.02; done
status=0
ipctl signal send $pid:$inode TERM 2> error || status=$?
cat error
[ $status = 4 ] || exit 1
grep -q "$pid is another now, $pid:[0-9]* signal-catch" error || exit 2
[ "$(wc -l < got)" = 1 ] || exit 3
ipctl signal send $pid TERM
until grep -qx '15 0 0 main' got; do sleep 0.02; done
kill -KILL $pid
S
status=0
unshare --pid --fork --mount-proc sh ./inside > "$out" 2> "$err" || status=$?
case $status in
0) ;;
77) skip "this kernel gives processes no inode" ;;
78) skip "ns_last_pid cannot be written: $(cat "$err")" ;;
79) skip "another process got the number first" ;;
*) fail_command "status $status" ;;
esac
