#!/bin/sh
# A file sem.x that is no semaphore is not listed; every operation on it says so and leaves it as it is.
. "$(dirname "$0")/lib.sh"

sem-make /real 1
shm-make /memory 32
python3 - <<'PY'
import os, struct
good = struct.pack("<IIi20x", 1, 0, 128)
os.chdir("/dev/shm")
files = {"empty": b"", "short": good[:31], "zeros": bytes(32), "ones": b"\xff" * 32,
         "private": struct.pack("<IIi20x", 1, 0, 0), "negative": struct.pack("<IIi20x", 1 << 31, 0, 128),
         "text": b"only looks like one: 32 bytes. \n"}
for name, data in files.items(): open("sem." + name, "wb").write(data)
os.mkdir("sem.directory"); os.mkfifo("sem.fifo"); os.symlink("sem.real", "sem.link"); os.symlink("none", "sem.dangling")
open("plain", "wb").write(good)
PY
state() { (cd /dev/shm && stat -c '%n %F %s %Y' -- * && find . -type f | sort | xargs od -c); }
state >before
expect_output '/real 1' ipctl sem ls --raw --noheadings -o name,value
for name in empty short zeros ones private negative text fifo link dangling directory; do
    for verb in post wait 'wait -n' 'listen -n'; do
        # shellcheck disable=SC2086  # words
        expect_status 1 timeout 20 ipctl sem $verb /$name
        expect_error "/$name: "
        [ $name = directory ] || expect_error 'no semaphore'
    done
    expect_status 125 timeout 20 ipctl sem run /$name -- touch ran
    expect_error "/$name: "
    expect_status 1 ipctl sem rm /$name
    expect_error "/$name: "
    expect_error 'no semaphore'
    [ ! -e ran ] || fail "the command ran"
done
state | cmp - before
expect_output '/real 1' ipctl sem ls --raw --noheadings -o name,value
rm -r /dev/shm/*
