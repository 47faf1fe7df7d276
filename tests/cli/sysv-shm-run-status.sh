#!/bin/sh
# sysv-shm run passes CMD's status on; 126 and 127 for what cannot be run, 4 for no segment, 125 for what else keeps ipctl from it.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 10 600)
for status in 0 1 2 3 4 5 42 123 124 125 126 127 128 143 255; do
    expect_status $status ipctl sysv-shm run 0x2a -- sh -c "exit $status"
    [ ! -s "$err" ] || fail "complains $(cat "$err")"
done
expect_status 127 ipctl sysv-shm run 0x2a -- no-such-command
expect_error 'no-such-command: command not found'
touch plain
expect_status 126 ipctl sysv-shm run 0x2a -- ./plain
expect_error './plain'
expect_status 126 ipctl sysv-shm run 0x2a -- "$tmp"
printf '#!/no/such/interpreter\n' >script
chmod +x script
expect_status 126 ipctl sysv-shm run 0x2a -- ./script
for sel in 0x2b $((id + 1)) ftok:/no/such/file; do
    expect_status 4 ipctl sysv-shm run $sel -- touch ran
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
done
expect_error '/no/such/file'
expect_status 4 ipctl sysv-shm run --ns /no/such 0x2a -- touch ran
expect_status 125 ipctl sysv-shm run --ns /etc/passwd 0x2a -- touch ran
expect_status 2 ipctl sysv-shm run 0x2a
expect_status 2 ipctl sysv-shm run 0x2a --
expect_status 2 ipctl sysv-shm run -- touch ran
expect_status 2 ipctl sysv-shm run 0x2a touch ran
[ ! -e ran ] || fail "CMD ran"
expect_output 0 sh -c "awk '\$2 == $id {print \$7}' /proc/sysvipc/shm"
ipctl sysv-shm rm 0x2a
