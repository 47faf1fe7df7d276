#!/bin/sh
# Selectors: ftok: of a file that is missing names nothing, status 4: least of all the key 0xffffffff, which is what ftok(3) returns then.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0xffffffff 600)
sysv-mq-send "$id" 1 kept
touch plain
for path in none none/x plain/x /nonexistent; do
    for verb in recv stat rm listen 'set -m 0666'; do
        # shellcheck disable=SC2086  # words
        expect_status 4 ipctl sysv-mq $verb "ftok:$path"
        expect_error "$path: no such file"
    done
    expect_status 4 ipctl sysv-mq send "ftok:$path:7" x
    expect_error "$path: no such file"
    expect_status 4 ipctl sysv-mq create "ftok:$path"
    expect_status 4 ipctl sysv-mq create --if-missing "ftok:$path:A"
done
if [ "$root" = yes ]; then
    mkdir -m 700 locked
    touch locked/file
    expect_status 1 as_nobody ipctl sysv-mq create ftok:locked/file
    expect_error 'locked/file'
fi
expect_output '1 kept' sysv-mq-recv "$id" 0 1 nowait
expect_output "$id" ipctl sysv-mq ls --noheadings -o id
ipctl sysv-mq rm 0xffffffff
