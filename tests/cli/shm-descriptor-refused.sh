#!/bin/sh
# PID:FD and fd:N that are no memory, not there or not permitted: one line that says which, and nothing is done.
. "$(dirname "$0")/lib.sh"

refused() {
    status=$1
    pattern=$2
    shift 2
    expect_status "$status" "$@"
    expect_error "$pattern"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
}
shm-make /here 10
mkfifo fifo
background sh -c 'exec 5<>fifo 6</dev/shm/here 7</dev/null; echo opened >ready; exec sleep 1000'
wait_until test -s ready
true &
wait $!
for command in 'read' 'listen -n' 'stat'; do
    # shellcheck disable=SC2086  # words
    {
        refused 4 "$!:3: there is no such process" ipctl shm $command $!:3
        refused 4 "4194304:3: there is no such process" ipctl shm $command 4194304:3
        refused 4 "$bg:77: " ipctl shm $command "$bg:77"
        refused 4 "fd:77: there is no such descriptor" ipctl shm $command fd:77
        refused 1 "$bg:5: is neither memory nor a file" ipctl shm $command "$bg:5"
        refused 1 "$bg:7: is neither memory nor a file" ipctl shm $command "$bg:7"
    }
done
refused 1 'fd:0: is neither memory nor a file' sh -c 'echo x | ipctl shm read fd:0'
refused 1 'fd:6: is not open for writing' sh -c 'ipctl shm write fd:6 text 6</dev/shm/here'
refused 1 'fd:6: is not open for writing' sh -c 'ipctl shm resize fd:6 0 6</dev/shm/here'
refused 125 'fd:6: is not open for writing' sh -c 'ipctl shm run fd:6 -- echo ran 6</dev/shm/here'
refused 1 'fd:6: is not open for reading' sh -c 'ipctl shm read fd:6 6>>/dev/shm/here'
refused 2 "'$bg:6' is a descriptor; the name begins with a slash: /$bg:6" ipctl shm rm "$bg:6"
refused 2 "is a descriptor" ipctl shm create fd:6 10
refused 2 "neither an object nor a file" ipctl shm copy /here "$bg:6"
# With a slash it is a name.
refused 4 "/$bg:6: no such object" ipctl shm read "/$bg:6"
if [ "$root" = yes ]; then
    refused 1 "$bg:6: permission denied" as_nobody ipctl shm read "$bg:6"
    refused 1 "$bg:6: permission denied" as_nobody ipctl shm write "$bg:6" x
fi
expect_output 10 shm-size /here
ipctl shm rm /here
