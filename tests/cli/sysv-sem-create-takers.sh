#!/bin/sh
# sysv-sem create --values beside others who take as soon as they see the key: they never see the values of a set that is not complete.
. "$(dirname "$0")/lib.sh"

# They look at sem_otime as semget(2) says. What is taken and what is left is what was given.
cat >taker.pl <<'END'
use strict; use warnings; use IPC::SysV qw(IPC_STAT IPC_NOWAIT); use IPC::Semaphore;
for my $round (1 .. $ARGV[0]) {
    my ($set, $ready);
    until ($ready) {
        $set = IPC::Semaphore->new(0x500 + $round, 0, 0) or next;
        my $status = $set->stat or next;
        $ready = $status->otime;
    }
    $set->op(0, -1, 0, 1, -2, 0) or die "op: $!";
}
END
background perl taker.pl 25
one=$bg
background perl taker.pl 25
two=$bg
for round in $(seq 25); do
    id=$(ipctl sysv-sem create "$(printf '0x%x' $((0x500 + round)))" --values 2,4)
    wait_until sh -c "[ \"\$(sysv-sem-get $id | cut -d ' ' -f 1 | xargs)\" = '0 0' ]"
done
wait "$one" || fail "a taker failed: $?"
wait "$two" || fail "a taker failed: $?"
ipctl sysv-sem ls --noheadings -o id | xargs ipctl sysv-sem rm
