#!/bin/sh
# sysv-shm run: the segment is attached while CMD runs, for reading only if asked; CMD has its id, key and length, its arguments and streams.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 5000 600)
attached() { awk -v id="$id" '$2 == id {print $7}' /proc/sysvipc/shm; }
[ "$(attached)" = 0 ] || fail "attached at the start"
expect_output 1 ipctl sysv-shm run 0x2a -- awk -v id="$id" '$2 == id {print $7}' /proc/sysvipc/shm
expect_output 1 ipctl sysv-shm run "$id" -- sh -c "ipcs -m | awk '\$2 == $id {print \$6}'"
[ "$(attached)" = 0 ] || fail "still attached"
expect_output 2 ipctl sysv-shm run 0x2a -- ipctl sysv-shm run 0x2a -- awk -v id="$id" '$2 == id {print $7}' /proc/sysvipc/shm
for pair in :rw '--read-only:r'; do
    # shellcheck disable=SC2086  # words
    ipctl sysv-shm run ${pair%:*} 0x2a -- ipctl sysv-shm stat -q -J 0x2a >held
    python3 -c 'import json, sys
(segment,) = json.load(open("held"))["objects"]
(holder,) = segment["holders"]
assert holder["command"].startswith("ipctl") and holder["direction"] == sys.argv[1], holder
assert segment["attached"] == 1 and segment["usage"] == "used" and segment["lpid"] == holder["pid"], segment' "${pair#*:}"
done
expect_output "sysv-shm $id $id 0x0000002a 5000 <outer>" env IPCTL_ID=outer IPCTL_LENGTH=outer IPCTL_KEY=outer OWN=outer \
    ipctl sysv-shm run 0x2a -- sh -c 'echo "$IPCTL_MECHANISM $IPCTL_NAME $IPCTL_ID $IPCTL_KEY $IPCTL_LENGTH <$OWN>"'
expect_output '<a  b><$x><--><-v><>' ipctl sysv-shm run 0x2a -- printf '<%s>' 'a  b' '$x' -- -v ''
expect_output 'in' sh -c 'echo in | ipctl sysv-shm run 0x2a -- cat'
# It attaches the memory itself.
expect_output '' ipctl sysv-shm run 0x2a -- sh -c 'exec sysv-shm-put "$IPCTL_ID" 0 written'
expect_output written sysv-shm-get "$id" 0 7
# Nothing of ipctl's is left open for CMD, and no signal is blocked or ignored (but glibc's own, 32 and 33).
open='import os; print(*sorted(os.listdir("/proc/self/fd")))'
expect_output "$(python3 -c "$open" 2>&1)" ipctl sysv-shm run 0x2a -- python3 -c "$open"
signals='/^Sig(Blk|Ign)/ {print substr($2, 11)}'
expect_output "$(awk "$signals" /proc/self/status)" ipctl sysv-shm run 0x2a -- awk "$signals" /proc/self/status
ipctl sysv-shm rm 0x2a
