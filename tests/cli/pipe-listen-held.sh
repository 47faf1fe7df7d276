#!/bin/sh
# a pipe that create made is used by unrelated processes, one after the other and at once; a script can wait for its jobs so
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create --capacity 8K)
background ipctl pipe listen -c 18 -j 2 "$pipe" -- sh -c 'cat >"job-$IPCTL_SEQ"'
worker=$bg
senders=
for sender in a b c; do
    background sh -c "for i in \$(seq 6); do ipctl pipe send $pipe \"$sender \$i\" || exit; done"
    senders="$senders $bg"
done
for pid in $senders $worker; do wait "$pid"; done
for job in job-*; do cat "$job"; echo; done | sort >got
for sender in a b c; do seq -f "$sender %g" 6; done | sort | cmp - got
expect_output 0 ipctl pipe stat -q -b -o bytes --noheadings "$pipe"
ipctl pipe send "$pipe" left
expect_output 5 ipctl pipe stat -q -b -o bytes --noheadings "$pipe"
expect_output left ipctl pipe recv "$pipe"
