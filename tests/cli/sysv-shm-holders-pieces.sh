#!/bin/sh
# sysv-shm stat: a mapping in pieces and its copies by fork(2) count for ATTACHED, and are one holder for each process.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 40960 600)
background python3 -c 'import ctypes, os, sys, time
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
address = libc.shmat(int(sys.argv[1]), None, 0)
page = os.sysconf("SC_PAGESIZE")
assert libc.mprotect(ctypes.c_void_p(address + page), page, 1) == 0
child = os.fork()
if child != 0: print(os.getpid(), child, flush=True)
time.sleep(1000)' "$id" >pids
wait_until test -s pids
# shellcheck disable=SC2046  # two words
set -- $(cat pids)
expect_output 6 ipctl sysv-shm stat --noheadings -o attached "$id"
ipctl sysv-shm stat -q -J "$id" >seen
python3 - "$1" "$2" <<'PY'
import json, sys
(one,) = json.load(open("seen"))["objects"]
assert sorted(h["pid"] for h in one["holders"]) == sorted(map(int, sys.argv[1:])), one
assert all(h["direction"] == "rw" for h in one["holders"]) and one["usage"] == "used", one
PY
kill "$2"
wait_until sh -c "ipctl sysv-shm stat --noheadings -o attached $id | grep -x 3"
expect_output "$1" sh -c "ipctl sysv-shm ls -q --noheadings -o holders | cut -d ' ' -f 1"
kill "$bg"
wait "$bg" || :
expect_output '0 unused -' ipctl sysv-shm stat --raw --noheadings -o attached,usage,holders "$id"
ipctl sysv-shm rm "$id"
