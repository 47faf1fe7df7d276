#!/bin/sh
# sem wait and listen to a full or closed standard output, or one that nobody reads: the count is given back.
. "$(dirname "$0")/lib.sh"

shm-make /m 32
sem-make /s 3
sem-init shm:/m+0 3
for address in /s shm:/m+0; do
    for verb in 'wait -F %c' 'wait -J' 'wait -c 3 -J' 'wait -a -F %c' 'wait -l' 'listen' 'listen -J' 'listen -c 2'; do
        for where in '>/dev/full' '>&-'; do
            expect_status 1 sh -c "exec ipctl sem $verb $address $where"
            expect_error 'standard output'
            expect_output 3 sem-op $address value
        done
        # SIGPIPE, as for any program whose reader left.
        # shellcheck disable=SC2086  # words
        expect_status 141 python3 - $verb $address <<'PY'
import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
status = subprocess.run(["ipctl", "sem", *sys.argv[1:]], stdout=writer, stderr=2).returncode
sys.exit(128 - status if status < 0 else status)
PY
        expect_output 3 sem-op $address value
    done
done
ipctl sem rm /s
rm /dev/shm/m
