#!/bin/sh
# sysv-sem stat of a set that nobody has used yet: no time of an operation, last pid 0; SETVAL alone makes a pid, not a time.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 2 600)
look() { ipctl sysv-sem stat -q -J "$id" | jq -c '.objects[0] | [.otime, .otime_ns, (.semaphores | map([.value, .last_pid]))]'; }
expect_output '[null,null,[[0,0],[0,0]]]' look
expect_output '-' ipctl sysv-sem stat --raw --noheadings -o otime "$id"
perl -MIPC::Semaphore -e 'my $s = bless \$ARGV[0], "IPC::Semaphore"; $s->setval(1, 6) or die; open my $f, ">", "pid"; print $f $$' "$id"
expect_output null sh -c "ipctl sysv-sem stat -q -J $id | jq -c '.objects[0].otime_ns'"
expect_output 6 sh -c "ipctl sysv-sem stat -q -J $id | jq -c '.objects[0].semaphores[1].value'"
expect_output "$(cat pid)" sh -c "ipctl sysv-sem stat -q -J $id | jq -c '.objects[0].semaphores[1].last_pid'"
sysv-sem-op "$id" 0:+1
expect_output true sh -c "ipctl sysv-sem stat -q -J $id | jq -c '.objects[0] | .otime_ns > 0 and .semaphores[0].last_pid > 0'"
ipctl sysv-sem rm "$id"
