#!/bin/sh
# sysv-shm with standard output full, closed or without a reader: create leaves no segment that nobody knows, read and listen fail.
. "$(dirname "$0")/lib.sh"

for options in '' 0x2a -J '-J 0x2a' '0x2a --if-missing'; do
    for where in '>/dev/full' '>&-'; do
        expect_status 1 sh -c "exec ipctl sysv-shm create --size 10 $options $where"
        expect_error 'standard output'
        expect_output '' ipctl sysv-shm ls --noheadings
    done
done
# One that was there before stays.
id=$(sysv-shm-make 0x2a 1000000 600)
sysv-shm-put "$id" 0 precious
expect_status 1 sh -c 'exec ipctl sysv-shm create --if-missing 0x2a --size 1000000 >/dev/full'
expect_output precious sysv-shm-get "$id" 0 8
for command in 'read 0x2a' 'read -J 0x2a' 'read --encode hex 0x2a' 'ls' 'ls -J' 'stat 0x2a' 'set -J -m 0640 0x2a'; do
    expect_status 1 sh -c "exec ipctl sysv-shm $command >/dev/full"
    expect_error 'standard output'
    # shellcheck disable=SC2086  # words
    expect_status 141 python3 - $command <<'PY'
import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
status = subprocess.run(["ipctl", "sysv-shm", *sys.argv[1:]], stdout=writer, stderr=2).returncode
sys.exit(128 - status if status < 0 else status)
PY
done
expect_output 0 ipctl sysv-shm stat --noheadings -o attached 0x2a
mkfifo ready
background sh -c 'exec ipctl sysv-shm listen --interval 1ms --length 8 --ready-fd 5 0x2a 5>ready >/dev/full 2>errors'
read -r _ <ready
sysv-shm-put "$id" 0 PRECIOUS
status=0
wait "$bg" || status=$?
[ $status = 1 ] || fail "status $status"
grep -q 'standard output' errors || fail "says $(cat errors)"
ipctl sysv-shm rm 0x2a
