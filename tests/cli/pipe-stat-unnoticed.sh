#!/bin/sh
# looking changes nothing: no reader sees an end, no writer a missing reader, no blocked open(2) goes through, nobody waits less
. "$(dirname "$0")/lib.sh"

mkfifo -m 666 waits-writer waits-reader talks
background sh -c 'cat <waits-writer >got-end; echo ended >reader-ended'
reader=$bg
background sh -c 'echo text >waits-reader; echo ended >writer-ended'
writer=$bg
blocked() { ipctl fifo stat -q --noheadings -o blocked "$1" | grep -q "(open: $2)"; }
wait_until blocked waits-writer 'a writer'
wait_until blocked waits-reader 'a reader'
# A reader that would see the end of the file once nobody else has the FIFO, and poll(2) tells of it before.
cat >talk.py <<'END'
import os, select, sys
reader = os.open("talks", os.O_RDONLY | os.O_NONBLOCK)
poll = select.poll()
poll.register(reader, select.POLLIN)
print("ready", flush=True)
sys.stdin.readline()
assert poll.poll(0) == [], "somebody opened and closed the FIFO"  # POLLHUP stays once a writer has been there
try:
    os.open("talks", os.O_WRONLY | os.O_NONBLOCK)
finally:
    print("quiet", flush=True)
END
mkfifo order
background python3 talk.py <>./order >talk
exec 3>order
wait_until grep -q ready talk
for _ in 1 2 3 4 5; do
    ipctl fifo stat -q waits-writer waits-reader talks >shown
    ipctl fifo stat -q -v talks >shown 2>"$err"
    ipctl fifo ls -q . >shown
    ipctl fifo ls -q -R "$tmp" >shown
    ipctl pipe ls -q >shown
    if [ "$root" = yes ]; then as_nobody ipctl fifo stat -q talks >shown; fi
done
blocked waits-writer 'a writer' || fail "a blocked open went through"
blocked waits-reader 'a reader' || fail "a blocked open went through"
[ ! -e reader-ended ] && [ ! -e writer-ended ] || fail "somebody ended"
echo >&3
wait_until grep -q quiet talk
exec 3>&-

# A pipe: its reader goes on after all the looking, and its writer finds it.
mkfifo go
background sh -c '{ read -r _ <go; echo last; } | cat >whole'
wait_until sh -c "ipctl pipe ls -q -J --filter 'blocked=cat' -o blocked,readers | grep -q '\"cat\"'"
for _ in 1 2 3 4 5; do ipctl pipe ls -q >shown; done
[ ! -s whole ]
echo >go
wait_until grep -q last whole

# The other sides come at last.
echo text >waits-writer
wait_until test -e reader-ended
expect_output text cat waits-reader
wait_until test -e writer-ended
wait "$reader" "$writer"
