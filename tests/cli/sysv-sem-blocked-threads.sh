#!/bin/sh
# sysv-sem stat: each thread that is blocked is told by itself; Python's and Perl's are found like C's, gone ones are not.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make 0x2a 1 600 0)
cat >threads.py <<'END'
import ctypes, threading, sys
libc = ctypes.CDLL(None)
class Sembuf(ctypes.Structure):
    _fields_ = [("number", ctypes.c_ushort), ("change", ctypes.c_short), ("flags", ctypes.c_short)]
def take(count): libc.semop(int(sys.argv[1]), ctypes.byref(Sembuf(0, -count, 0)), 1)
threads = [threading.Thread(target=take, args=(count,)) for count in (1, 2, 3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
END
background python3 threads.py "$id"
python=$bg
wait_until sh -c "sysv-sem-get $id | grep -q '^0 3 '"
expect_output '["0:-1","0:-2","0:-3"]' sh -c "ipctl sysv-sem stat -q -J $id | jq -c '[.objects[0].blocked[].wants] | sort'"
expect_output "[[$python],3]" sh -c "ipctl sysv-sem stat -q -J $id | jq -c '.objects[0].blocked | [(map(.pid) | unique), (map(.tid) | unique | length)]'"
background perl "$top/tests/helpers/sysv.pl" sem-op "$id" 0:-9
wait_until sh -c "sysv-sem-get $id | grep -q '^0 4 '"
expect_output "[$bg,\"semop\"]" sh -c "ipctl sysv-sem stat -q -J $id |
    jq -c '.objects[0].blocked[] | select(.wants == \"0:-9\") | [.pid, .call]'"
expect_output "$id" ipctl sysv-sem ls -q --noheadings -o id --filter "blocked=$bg"
expect_output '' ipctl sysv-sem ls -q --noheadings -o id --filter blocked=1
kill "$bg"
wait "$bg" || :
sysv-sem-op "$id" 0:+6
wait "$python"
expect_output '[]' sh -c "ipctl sysv-sem stat -q -J $id | jq -c '.objects[0].blocked'"
ipctl sysv-sem rm "$id"
