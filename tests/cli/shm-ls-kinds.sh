#!/bin/sh
# shm ls tells memory, semaphores, directories, links, FIFOs, sockets and devices apart; only memory is used as such.
. "$(dirname "$0")/lib.sh"

shm-make /memory 100
sem-make /guarded 3
printf 'something quite other than that.' >/dev/shm/sem.not
shm-make /sem.long 100
mkdir /dev/shm/directory
ln -s memory /dev/shm/link
ln -s nowhere /dev/shm/dangling
mkfifo /dev/shm/fifo
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("/dev/shm/socket")'
if mknod /dev/shm/null c 1 3 2>/dev/null; then device='/null device
'; else device=; fi
expect_output "/dangling symlink
/directory directory
/fifo fifo
/link symlink
/memory shm
$device/sem.guarded sem
/sem.long shm
/sem.not shm
/socket socket" timeout 20 ipctl shm ls --raw --noheadings -o name,kind
expect_output '/sem.guarded' ipctl shm ls --noheadings -o name --filter kind=sem
ipctl shm ls -J >got
python3 -c 'import json
kinds = {object["name"]: object["kind"] for object in json.load(open("got"))["objects"]}
assert kinds["/memory"] == "shm" and kinds["/fifo"] == "fifo" and kinds["/sem.guarded"] == "sem", kinds'
for name in directory link dangling fifo socket; do
    kind=$(ipctl shm stat --noheadings -o kind /$name)
    for command in "read /$name" "write /$name x" "resize /$name 0" "listen -n /$name" "copy /$name /copy" \
        "rm /$name" "rm --force /$name"; do
        # shellcheck disable=SC2086  # words
        expect_status 1 timeout 20 ipctl shm $command
        expect_error "/$name: is a $kind"
        [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    done
    expect_output "$kind" ipctl shm stat --noheadings -o kind /$name
done
rm -r /dev/shm/*
