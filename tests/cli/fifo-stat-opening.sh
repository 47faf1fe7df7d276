#!/bin/sh
# fifo stat and ls: who waits in open(2) for the other side, whichever call, path and root directory it uses
. "$(dirname "$0")/lib.sh"

mkdir directory
mkfifo directory/fifo other
opens() {
    wanted=$1
    shift
    background "$@" >opened
    wait_until sh -c "[ \"\$(ipctl fifo stat -q --noheadings -o blocked directory/fifo)\" = '$bg fifo-open (open: $wanted)' ]"
    [ ! -s opened ] || fail "it was opened"
    expect_output 'used' ipctl fifo stat -q --noheadings -o usage directory/fifo
    expect_output - ipctl fifo stat -q --noheadings -o blocked other
    # In use, and so in the list, though nobody has it open.
    expect_output "$tmp/directory/fifo" ipctl fifo ls -q --noheadings -o name --filter "blocked=$bg"
    kill "$bg"
    wait "$bg" || :
}
for how in open openat openat2; do
    opens 'a writer' fifo-open $how directory/fifo
    opens 'a reader' fifo-open $how-write directory/fifo
    opens 'a writer' fifo-open $how "$tmp/directory/fifo"
done
opens 'a reader' fifo-open creat directory/fifo
ln -s directory link
opens 'a writer' fifo-open openat link/../directory/./fifo
if [ "$root" = yes ]; then opens 'a writer' fifo-open chroot "$tmp/directory/fifo"; fi
background fifo-open open directory/fifo >opened
wait_until sh -c '[ "$(ipctl fifo stat -q --noheadings -o blocked directory/fifo)" != - ]'
exec 3>directory/fifo
wait_until grep -q open opened
ipctl fifo stat -q -J directory/fifo | python3 -c 'import json, sys
(fifo,) = json.load(sys.stdin)["objects"]
assert [one["pid"] for one in fifo["readers"]] == [int(sys.argv[1])], fifo
assert int(sys.argv[2]) in [one["pid"] for one in fifo["writers"]], fifo
assert fifo["blocked"] == [], fifo' "$bg" $$
exec 3>&-
kill "$bg"
