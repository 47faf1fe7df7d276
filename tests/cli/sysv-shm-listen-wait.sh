#!/bin/sh
# sysv-shm listen -n does not wait (3), -w ends it at its time (124), a signal with that; a region or word outside the segment is refused.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 16 600)
for options in '' '--futex 0' '--futex 12 --offset 4 --length 2' '--interval 1h'; do
    # shellcheck disable=SC2086  # words
    expect_status 3 ipctl sysv-shm listen -n $options 0x2a
    # shellcheck disable=SC2086  # words
    expect_output 'at its time' python3 - $options <<'PY'
import subprocess, sys, time
start = time.monotonic()
status = subprocess.run(["ipctl", "sysv-shm", "listen", "-w", "400ms", *sys.argv[1:], "0x2a"]).returncode
took = time.monotonic() - start
print("at its time" if status == 124 and 0.4 <= took < 10 else (status, took))
PY
    # shellcheck disable=SC2086  # words
    background env --default-signal ipctl sysv-shm listen $options 0x2a
    wait_until sh -c "awk '\$2 == $id {print \$7}' /proc/sysvipc/shm | grep -x 1"
    kill "$bg"
    status=0
    wait "$bg" || status=$?
    [ $status = 143 ] || fail "status $status"
done
for options in '--offset 17' '--length 17' '--offset 10 --length 7' '--futex 16' '--futex 4G'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl sysv-shm listen $options 0x2a
    expect_error 'beyond the end: it has 16 bytes'
done
for options in '--futex 2' '--interval 0' '--futex -4' '--interval x'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl sysv-shm listen $options 0x2a
done
expect_status 4 ipctl sysv-shm listen 0x2b
expect_error '0x2b: no such segment'
ipctl sysv-shm rm 0x2a
