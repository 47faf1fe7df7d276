#!/bin/sh
# A sealed memfd is read; what its seals forbid is an error that says so, and nothing is changed.
. "$(dirname "$0")/lib.sh"

sealed() {
    : >memfd
    background python3 -c 'import fcntl, os, sys, time
fd = os.memfd_create("sealed", os.MFD_ALLOW_SEALING)
os.write(fd, b"text")
fcntl.fcntl(fd, fcntl.F_ADD_SEALS, getattr(fcntl, "F_SEAL_" + sys.argv[1]))
print(os.getpid(), fd, flush=True)
time.sleep(1000)' "$1" >memfd
    wait_until test -s memfd
    read -r pid fd <memfd
    expect_output text ipctl shm read "$pid:$fd"
}
refused() {
    expect_status 1 ipctl shm "$@"
    expect_error "$pid:$fd: *sealed"
    expect_output text ipctl shm read "$pid:$fd"
}
sealed WRITE
refused write "$pid:$fd" TEXT
refused write --grow --offset 4 "$pid:$fd" TEXT
sealed GROW
refused resize "$pid:$fd" 100
refused resize --sparse "$pid:$fd" 100
refused write --grow "$pid:$fd" longer
expect_output '' ipctl shm write "$pid:$fd" TEXT
sealed SHRINK
refused resize "$pid:$fd" 2
