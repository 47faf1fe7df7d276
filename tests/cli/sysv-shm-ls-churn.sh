#!/bin/sh
# sysv-shm ls and stat while segments come and go: what vanishes between looking and telling is left out, never an error, never half a line.
. "$(dirname "$0")/lib.sh"

perl -MIPC::SharedMem -e 1 2>/dev/null || skip "Perl lacks IPC::SysV"
stays=$(sysv-shm-make 0x2a 5000 640)
for _ in 1 2; do
    background perl -e 'use IPC::SysV qw(shmat shmdt); while (1) { my @s = map { shmget(0, 70000, 0604) // die } 1 .. 9;
        for (@s) { my $at = shmat($_, undef, 0); shmctl($_, 0, 0) // die; shmdt($at) } }'
done
wait_until sh -c '[ "$(wc -l </proc/sysvipc/shm)" -gt 2 ]'
for number in $(seq 100); do
    columns=key,mode,size,attached,state,owner,creator,usage
    [ $((number % 10)) != 0 ] || columns=$columns,holders
    expect_status 0 ipctl sysv-shm ls -q -b --raw --noheadings -o "id,$columns"
    grep -q "^$stays 0x0000002a 0640 5000 0 live " "$out" || fail "one that stays is not listed: $(cat "$out")"
    # While it attaches one, the kernel counts a process twice.
    if grep -vE "^[0-9]+ 0x00000000 0604 70000 ([012] live|[12] removed) |^$stays " "$out"; then fail "garbage: $(cat "$out")"; fi
    [ ! -s "$err" ] || fail "complains $(cat "$err")"
    expect_output 5000 ipctl sysv-shm stat -b --noheadings -o size 0x2a
done
expect_status 0 ipctl sysv-shm ls -q -J
python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$out"
# shellcheck disable=SC2086  # words
kill ${children# }
# shellcheck disable=SC2086  # words
wait $children || :
ipctl sysv-shm ls --noheadings -o id | xargs ipctl sysv-shm rm
