#!/bin/sh
# sysv-sem send and post: SEL is semaphore 0, SEL:NUM another, by id, key and file; -c N adds N; nothing is printed without -J.
. "$(dirname "$0")/lib.sh"

values() { sysv-sem-get "$id" | cut -d ' ' -f 1 | xargs; }
touch slots file:5
id=$(ipctl sysv-sem create ftok:./slots:S 3)
key=$(sysv-ftok slots S)
number=$((key))
expect_output '' ipctl sysv-sem post "$id"
expect_output '' ipctl sysv-sem send "$id:0" -c 2
expect_output '' ipctl sysv-sem post "$key"
expect_output '4 0 0' values
expect_output '' ipctl sysv-sem post "$key:1" -c 10
expect_output '' ipctl sysv-sem post "key:$number:1"
expect_output '4 11 0' values
expect_output '' ipctl sysv-sem post -c 3 ftok:./slots:S:2
expect_output '' ipctl sysv-sem post ftok:./slots:S
expect_output "{\"mechanism\":\"sysv-sem\",\"name\":\"$id\",\"sent\":4}" ipctl sysv-sem post -J -c 4 ftok:./slots:83:2
expect_output '5 11 7' values
expect_output '' ipctl sysv-sem wait ftok:./slots:S:1 -c 11
expect_output '5 0 7' values
for count in 0 -1 32768 x '' 4294967297; do
    expect_status 2 ipctl sysv-sem post "$id" --count="$count"
    expect_status 2 ipctl sysv-sem wait -n "$id" --count="$count"
done
for wrong in "$id:" "$id:x" "$id:-1" "$id:0:0" "$key:1:1" x 0x 0x0 key: :0 ''; do expect_status 2 ipctl sysv-sem post "$wrong"; done
expect_status 4 ipctl sysv-sem post ftok:./none:1:0
expect_status 2 ipctl sysv-sem post "$id" 3
expect_output '5 0 7' values
ipctl sysv-sem rm "$id"
