#!/bin/sh
# shm run passes on the object and what ipctl inherited, and no other descriptor; when 3 to 9 are all taken it says so.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

shm-make /here 10
list='import os
print(*sorted(int(fd) for fd in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + fd)))'
# What this shell got from its own parent.
exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
others=$(python3 -c "$list" | cut -d' ' -f4-)
others=${others:+ $others}
for options in '' '--read-only' '-v' "--ns $$"; do
    # shellcheck disable=SC2086  # words
    expect_output "0 1 2 3$others" ipctl shm run $options /here -- python3 -c "$list"
done
expect_output "0 1 2 3 5 6$others" sh -c 'exec ipctl shm run /here -- python3 -c "$1" 5</dev/null 6</dev/null' sh "$list"
expect_output 9 sh -c 'exec ipctl shm run /here -- sh -c "echo \$IPCTL_FD" 3</dev/null 4<&3 5<&3 6<&3 7<&3 8<&3'
expect_status 125 sh -c 'exec ipctl shm run /here -- echo ran 3</dev/null 4<&3 5<&3 6<&3 7<&3 8<&3 9<&3'
expect_error '3 to 9'
[ ! -s "$out" ] || fail "ran the command"
ipctl shm rm /here
