#!/bin/sh
# sysv-shm rm of one that is attached: status 0 and a note how often; its users keep the memory; -q no note; gone when the last ends.
. "$(dirname "$0")/lib.sh"

perl -MIPC::SharedMem -e 1 2>/dev/null || skip "Perl lacks IPC::SysV"
id=$(sysv-shm-make 0x2a 10 600)
sysv-shm-put "$id" 0 0123456789
background perl -e 'use IPC::SysV qw(shmat memread memwrite); my $at = shmat($ARGV[0], undef, 0) or die; $| = 1; print "ready\n";
    select(undef, undef, undef, 0.02) until -e "go"; memwrite($at, "kept", 0, 4); memread($at, my $text, 0, 10); print "$text\n"' "$id" >used
wait_until grep -q ready used
expect_output '' ipctl sysv-shm rm 0x2a
expect_error 'sysv-shm rm: 0x2a: 1 attachment: its memory goes when it ends'
expect_output "1 removed" ipctl sysv-shm stat -q --raw --noheadings -o attached,state "$id"
expect_status 4 ipctl sysv-shm read 0x2a
touch go
wait "$bg" || fail "status $?"
expect_output 'ready
kept456789' cat used
! sysv-exists shm "$id" || fail "still there"
for options in '' -q -J; do
    id=$(sysv-shm-make 0x2a 10 600)
    background sysv-shm-hold "$id" 3 >held
    wait_until grep -q ready held
    # shellcheck disable=SC2086  # words
    expect_status 0 ipctl sysv-shm rm $options "$id"
    case $options in
        -q) [ ! -s "$err" ] || fail "-q, and still $(cat "$err")" ;;
        *) expect_error "$id: 3 attachments: its memory goes when they end" ;;
    esac
    kill "$bg"
    wait "$bg" || :
    : >held
    ! sysv-exists shm "$id" || fail "still there"
done
# Nobody has it: no note.
sysv-shm-make 0x2a 10 600 >id
expect_output '' ipctl sysv-shm rm 0x2a
[ ! -s "$err" ] || fail "says $(cat "$err")"
