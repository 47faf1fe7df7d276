#!/bin/sh
# pipe recv -a takes what is there, -c N that many; the rest stays, in order
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
seq 1000 | ipctl pipe send "$pipe"
expect_output '1
2
3' ipctl pipe recv -c 3 "$pipe"
expect_output '4
5' ipctl pipe recv -a -c 2 "$pipe"
expect_output "$(seq 6 1000)" ipctl pipe recv -a "$pipe"
expect_status 3 ipctl pipe recv -a "$pipe"
[ ! -s "$out" ]
printf 'whole\npart' >"/proc/${pipe%:*}/fd/${pipe#*:}"
expect_output whole ipctl pipe recv -a "$pipe"
expect_status 3 ipctl pipe recv -a "$pipe"
expect_status 124 ipctl pipe recv -w 50ms -c 2 "$pipe"
printf '\n' >"/proc/${pipe%:*}/fd/${pipe#*:}"
expect_status 124 ipctl pipe recv -w 50ms -c 2 "$pipe"
expect_printed part
