#!/bin/sh
# shm rm of an object in use takes the name; those who have it keep it and its contents, and a new one is another.
. "$(dirname "$0")/lib.sh"

printf kept | ipctl shm create /here -f -
background shm-hold /here both >ready
wait_until test -s ready
exec 6<>/dev/shm/here
expect_output '' ipctl shm rm /here
expect_status 4 ipctl shm read /here
printf new | ipctl shm create /here -f -
expect_output new ipctl shm read /here
expect_output kept cat <&6
exec 6<&-
expect_output "$(cat ready)" sh -c 'ipctl shm ls --deleted -J | python3 -c "import json, sys
(object,) = json.load(sys.stdin)[\"objects\"]
print(*{h[\"pid\"] for h in object[\"holders\"]})"'
ipctl shm rm /here
