#!/bin/sh
# mq stat shows a registration for SIGEV_THREAD, which sends no signal.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
cat >register.py <<'PY'
import ctypes, os, signal
class Event(ctypes.Structure):
    _fields_ = [("value", ctypes.c_void_p), ("signo", ctypes.c_int), ("notify", ctypes.c_int), ("function", ctypes.c_void_p),
                ("attributes", ctypes.c_void_p), ("pad", ctypes.c_char * 64)]
libc, heard = ctypes.CDLL(None), ctypes.CFUNCTYPE(None, ctypes.c_void_p)(lambda value: print("heard", flush=True))
queue = libc.mq_open(b"/q", os.O_RDONLY)
event = Event(notify=2, function=ctypes.cast(heard, ctypes.c_void_p))
assert libc.mq_notify(queue, ctypes.byref(event)) == 0
print("registered", flush=True)
signal.pause()
PY
background sh -c 'exec python3 register.py >said'
wait_until grep -q registered said
expect_output "SIGEV_THREAD
-
$bg" ipctl mq stat -o notify,signal,registrant --noheadings /q
expect_status 1 ipctl mq listen --notify -w 1 /q
expect_error "process $bg (python3"
ipctl mq send /q x
wait_until grep -q heard said
expect_output none ipctl mq stat -o notify --noheadings /q
mq-recv /q >/dev/null
ipctl mq rm /q
