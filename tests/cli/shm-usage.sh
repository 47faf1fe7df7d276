#!/bin/sh
# Usage errors of every verb of shm are status 2, one line that names the verb and where help is, and nothing is done.
. "$(dirname "$0")/lib.sh"

shm-make /here 4
shm-put /here 0 text
for command in 'create' 'create --nosuch /new 10' 'create /new' 'create /new 10 20' 'send' 'send /here --nosuch' \
    'recv' 'recv /here /other' 'recv /here -c 3' 'recv -w 1 /here' 'resize' 'resize /here' 'resize /here 1 2' 'resize /here x' \
    'listen' 'listen --nosuch /here' 'listen -c 0x /here' 'listen -w x /here' 'listen --priority 3 /here' \
    'run' 'run /here' 'run --nosuch /here -- true' 'copy' 'copy /here' 'copy /here /a /b' 'copy --nosuch /here /a' \
    'stat' 'stat --nosuch /here' 'stat --filter x /here' 'ls /here' 'ls --nosuch' 'ls -o' 'rm' 'rm --nosuch /here' \
    'nosuch /here' 'ls --color=nosuch'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl shm $command
    expect_error "ipctl: shm*: "
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -s "$out" ] || fail "$command prints $(cat "$out")"
    expect_output here ls -A /dev/shm
    expect_output text shm-get /here 0 4
done
ipctl shm rm /here
