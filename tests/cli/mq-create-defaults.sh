#!/bin/sh
# mq create without sizes takes the system's defaults, those of this IPC namespace; mode 0600.
. "$(dirname "$0")/lib.sh"

sizes() {
    python3 - "$1" <<'PY'
import ctypes, os, sys
attr, libc = (ctypes.c_long * 8)(), ctypes.CDLL(None)
fd = libc.mq_open(sys.argv[1].encode(), os.O_RDONLY)
assert fd >= 0 and libc.mq_getattr(fd, attr) == 0
print(attr[1], attr[2])
PY
}

defaults=/proc/sys/fs/mqueue
expect_output '' ipctl mq create /plain
[ "$(sizes /plain)" = "$(cat $defaults/msg_default) $(cat $defaults/msgsize_default)" ] || fail "sizes: $(sizes /plain)"
[ "$(stat -c %a /dev/mqueue/plain)" = 600 ] || fail "mode: $(stat -c %a /dev/mqueue/plain)"
[ "$(stat -c %u /dev/mqueue/plain)" = "$(id -u)" ] || fail "owner: $(stat -c %u /dev/mqueue/plain)"

if ! { echo 7 >$defaults/msg_default && echo 1000 >$defaults/msgsize_default; } 2>/dev/null; then
    skip "the defaults of this IPC namespace cannot be changed"
fi
expect_status 0 ipctl mq create /changed
[ "$(sizes /changed)" = "7 1000" ] || fail "sizes: $(sizes /changed)"
expect_status 0 ipctl mq rm /plain /changed
