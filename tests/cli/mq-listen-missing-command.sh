#!/bin/sh
# mq listen -- CMD that is not there (127) or cannot be executed (126): no message is taken for it.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 5 kept
not_run() {
    expect_status "$1" ipctl mq listen /q -- "$2" arg
    expect_error "$2"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
    expect_output '5 4 kept' mq-recv -n /q
    mq-send /q 5 kept
}
echo text >plain
mkdir dir
printf '#!/no/such/interpreter\n' >script
chmod +x script
not_run 127 no-such-command
not_run 127 ./no-such-file
not_run 127 dir/no-such-file
not_run 126 ./plain
not_run 126 ./dir
not_run 127 ''
expect_status 2 ipctl mq listen /q --
expect_error CMD
mq-recv /q >/dev/null
ipctl mq rm /q
