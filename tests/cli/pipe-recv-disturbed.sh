#!/bin/sh
# readers of one pipe that take turns lose and mix nothing; where one takes what ipctl had looked at, ipctl notices and says so
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
seq 24 >in
ipctl pipe send -f in "$pipe"
readers=
for reader in 1 2 3 4; do
    background sh -c "for i in \$(seq 6); do flock lock ipctl pipe recv $pipe || exit; done >got.$reader"
    readers="$readers $bg"
done
for pid in $readers; do wait "$pid"; done
sort -n got.* | cmp - in

# Another program reads while ipctl waits for the end of a message: it has the beginning, and ipctl what comes then.
end=/proc/${pipe%:*}/fd/${pipe#*:}
printf 'stolen' >"$end"
background ipctl pipe recv "$pipe" >got
wait_until sh -c "grep -q poll /proc/$bg/wchan"
expect_output stolen head -c 6 "$end"
echo kept >"$end"
wait "$bg"
expect_output kept cat got
