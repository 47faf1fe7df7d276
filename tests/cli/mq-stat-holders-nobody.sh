#!/bin/sh
# mq stat for a user who may not look at the other processes: its own are shown, and that nobody else holds it is not claimed.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs processes of another user"
mq-make /q 3 10 0666
background mq-hold /q r >theirs
wait_until test -s theirs
expect_output '- unknown' as_nobody ipctl mq stat --raw --noheadings -o holders,usage /q
background as_nobody mq-hold /q w >own
wait_until test -s own
expect_output "$(cat own) mq-hold (w)
used" as_nobody ipctl mq stat --noheadings -o holders,usage /q
as_nobody ipctl mq ls -J >ls.json
python3 -c 'import json
(queue,) = json.load(open("ls.json"))["objects"]
assert [h["pid"] for h in queue["holders"]] == [int(open("own").read())] and queue["usage"] == "used", queue'
ipctl mq rm /q
