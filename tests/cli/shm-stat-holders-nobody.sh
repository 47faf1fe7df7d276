#!/bin/sh
# shm stat for a user who may not look at the other processes: its own are shown, and that nobody else holds it is not claimed.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs processes of another user"
shm-make /here 10 666
background shm-hold /here map >theirs
wait_until test -s theirs
expect_output '- unknown' as_nobody ipctl shm stat --raw --noheadings -o holders,usage /here
background as_nobody shm-hold /here map >own
wait_until test -s own
expect_output "$(cat own) shm-hold (mapped rw)
used" as_nobody ipctl shm stat --noheadings -o holders,usage /here
as_nobody ipctl shm ls -J >ls.json
python3 -c 'import json
(object,) = json.load(open("ls.json"))["objects"]
assert [h["pid"] for h in object["holders"]] == [int(open("own").read())] and object["usage"] == "used", object'
expect_output "$(printf '%s\n' "$(cat own) shm-hold (mapped rw)" "$(cat theirs) shm-hold (mapped rw)" | sort)" \
    sh -c 'ipctl shm stat --noheadings -o holders /here | tr "," "\n" | sed "s/^ *//" | sort'
# Removed: seen by whose it is.
ipctl shm rm /here
expect_output "/here
$(cat own) shm-hold (mapped rw)" as_nobody ipctl shm stat --deleted --noheadings -o name,holders /here
