#!/bin/sh
# mq create --max-messages N --message-size SIZE: the queue has those sizes, in any unit.
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

check_sizes() {
    wanted=$1
    shift
    expect_output '' ipctl mq create /sizes "$@"
    [ "$(sizes /sizes)" = "$wanted" ] || fail "$*: sizes are $(sizes /sizes), not $wanted"
    rm /dev/mqueue/sizes
}

check_sizes '5 8192' --max-messages 5
check_sizes '10 100' --message-size 100
check_sizes '3 4096' --max-messages 3 --message-size 4K
check_sizes '3 4096' --max-messages=3 --message-size=4KiB
check_sizes '1 1' --max-messages 1 --message-size 1
