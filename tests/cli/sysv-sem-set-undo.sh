#!/bin/sh
# sysv-sem set of a value that others hold: their undo is forgotten, of that one or of all; nothing is given back afterwards.
. "$(dirname "$0")/lib.sh"

values() { sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
id=$(ipctl sysv-sem create 2 --values 1,1)
hold() {
    background ipctl sysv-sem op "$id" 0:-1u 1:-1u -- sleep 1000
    wait_until sh -c "[ \"\$(sysv-sem-get $id | cut -d ' ' -f 1 | xargs)\" = '0 0' ]"
}
end() {
    kill -KILL "$bg"
    wait "$bg" 2>/dev/null || :
}
hold
end
expect_output '1 1' values
hold
ipctl sysv-sem set "$id:0" --value 5
end
expect_output '5 1' values
ipctl sysv-sem set "$id" --values 1,1
hold
ipctl sysv-sem set "$id" --values 7,8
end
expect_output '7 8' values
# A C holder's too; permissions have nothing to do with it.
ipctl sysv-sem set "$id" --values 1,1
background sysv-sem-hold "$id" 1
wait_until sh -c "sysv-sem-get $id | sed -n 2p | grep -q '^0 '"
ipctl sysv-sem set "$id" -m 0640
ipctl sysv-sem set "$id:0" --value 3
end
expect_output '3 1' values
background sysv-sem-hold "$id" 1
wait_until sh -c "sysv-sem-get $id | sed -n 2p | grep -q '^0 '"
ipctl sysv-sem set "$id:1" --value 0
end
expect_output '3 0' values
ipctl sysv-sem rm "$id"
