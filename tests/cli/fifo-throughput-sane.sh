#!/bin/sh
# taking a message costs two system calls and its output one, however many are in the FIFO
. "$(dirname "$0")/lib.sh"

if ! command -v strace >/dev/null; then skip "strace is not installed"; fi
if grep -q __asan_init "$ipctl"; then skip "LeakSanitizer does not work under strace"; fi
mkfifo fifo
exec 3<>fifo
seq 2000 >&3
strace -f -c -o calls ipctl fifo recv -c 2000 fifo >got
seq 2000 | cmp - got
total=$(awk '/total$/ { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+$/ && $i > n) n = $i; print n }' calls)
[ "$total" -lt 5000 ] || fail "$total calls: $(cat calls)"
