#!/bin/sh
# mq listen --notify misses no arrival in an empty queue, however fast they come after it was emptied.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkfifo ready
# Each round: an arrival, its report, the queue is emptied. A missed one would leave the next line out, and this waiting.
background sh -c 'exec ipctl mq listen --notify --ready-fd 5 /q 5>ready >reports'
listener=$bg
read -r _ <ready
python3 - <<'PY'
import ctypes, os, time
libc = ctypes.CDLL(None)
queue, data = libc.mq_open(b"/q", os.O_RDWR | os.O_NONBLOCK), ctypes.create_string_buffer(8192)
reports = open("reports")
for i in range(300):
    assert libc.mq_send(queue, b"x", 1, 0) == 0
    end = time.monotonic() + 20
    while not reports.readline():
        assert time.monotonic() < end, f"arrival {i} was not reported"
        time.sleep(0)
    # The report comes after the next registration: what arrives from now on is reported too.
    while libc.mq_receive(queue, data, 8192, None) >= 0: pass
assert not reports.readline()
PY
kill "$listener"
wait "$listener" || :

# At full speed several arrivals may be one report, but whoever empties the queue at each report gets everything.
background mq-flood /q m 300
ipctl mq listen --notify -w 60 /q -- sh -c '
    while ipctl mq recv -a /q >>taken; do :; done
    test "$(wc -l <taken)" -lt 300 || kill $PPID' || :
seq -f 'm-%g' 300 | cmp - taken
expect_status 3 mq-recv -n /q
ipctl mq rm /q
