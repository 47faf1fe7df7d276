#!/bin/sh
# sysv-shm: a segment that is removed and still attached is listed, with its state, key 0 and its holders, as ipcs has it; then it is gone.
. "$(dirname "$0")/lib.sh"

id=$(sysv-shm-make 0x2a 5000 640)
background sysv-shm-hold "$id" 2 >held
wait_until grep -q ready held
sysv-rm shm "$id"
for verb in 'ls' "stat $id"; do
    # shellcheck disable=SC2086  # words
    expect_output "$id 0x00000000 0640 5000 2 removed used" ipctl sysv-shm $verb -b --raw --noheadings -o id,key,mode,size,attached,state,usage
    # shellcheck disable=SC2086  # words
    expect_output "$bg sysv-shm-hold (mapped rw)" ipctl sysv-shm $verb --noheadings -o holders
done
expect_output "0x00000000 dest 2" sh -c "ipcs -m | awk '\$2 == $id {print \$1, \$7, \$6}'"
expect_output dest lsipc -m -i "$id" -o STATUS --noheadings --raw
expect_output "$id" ipctl sysv-shm ls --noheadings -o id --filter state=removed
expect_output '' ipctl sysv-shm ls --noheadings --filter state=live
expect_status 4 ipctl sysv-shm stat 0x2a
ipctl sysv-shm ls -J >ls.json
python3 -c 'import json
(one,) = json.load(open("ls.json"))["objects"]
assert one["state"] == "removed" and one["key"] == "0x00000000" and one["mode"] == "0640" and len(one["holders"]) == 1, one'
# Its id still works, on Linux.
expect_output '' ipctl sysv-shm write "$id" text
expect_output text ipctl sysv-shm read --length 4 "$id"
expect_output removed ipctl sysv-shm stat -q --noheadings -o state "$id"
kill "$bg"
wait "$bg" || :
expect_status 4 ipctl sysv-shm stat "$id"
expect_output '' ipctl sysv-shm ls --noheadings
