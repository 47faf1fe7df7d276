#!/bin/sh
# pipe ls and stat: the call that a thread is blocked in on a pipe, of all those that can wait for one, and what it waits for
. "$(dirname "$0")/lib.sh"

shows() {
    # shellcheck disable=SC2254  # a pattern
    case $("$@") in $wanted) ;; *) return 1 ;; esac
}
blocks() {
    background pipe-wait "$1" >ends
    wait_until test -s ends
    read -r pid read_end _ <ends
    wanted="$pid pipe-wait [(]$2)"
    call=$1
    wait_until shows ipctl pipe stat -q --noheadings -o blocked "$pid:$read_end"
    shows ipctl pipe ls -q --noheadings -o blocked --filter "name=$pid:$read_end" || fail "pipe ls: $call"
    kill "$bg"
    wait "$bg" || :
}
bytes='bytes, and no other writer is seen'
room='room, and no other reader is seen'
for call in read readv preadv2 ppoll pselect; do blocks $call "$call: $bytes"; done
for call in write writev vmsplice sendfile; do blocks $call "$call: $room"; done
blocks poll-in "poll: $bytes"
blocks poll-out "poll: $room"
# Some machines have no select(2) but pselect6(2).
blocks select-in "*select: $bytes"
blocks select-out "*select: $room"
blocks poll-end 'poll: the end'
blocks epoll-in "epoll_wait: $bytes"
blocks epoll-out "epoll_wait: $room"
blocks splice-in "splice: $bytes"
blocks tee "tee: $bytes"

# What has bytes is not what the call waits for: it waits for room in the other one.
background pipe-wait splice-out >ends
wait_until test -s ends
read -r pid read_end _ <ends
wait_until sh -c "ipctl pipe ls -q -o blocked,holders --filter holders=$pid | grep -q 'splice: room'"
expect_output - ipctl pipe stat -q --noheadings -o blocked "$pid:$read_end"
ipctl pipe ls -q -J --filter "holders=$pid" | python3 -c 'import json, sys
pid = int(sys.argv[1])
# It inherits other pipes too.
source, target = (pipe for pipe in json.load(sys.stdin)["objects"] if {holder["pid"] for holder in pipe["holders"]} == {pid})
assert source["blocked"] == [], source
(call,) = target["blocked"]
assert (call["pid"], call["tid"], call["call"]) == (pid, pid, "splice"), call' "$pid"
