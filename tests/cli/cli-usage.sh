#!/bin/sh
# a command line that cannot be obeyed: one line that says where to look, status 2, nothing done
. "$(dirname "$0")/lib.sh"

refused() {
    text=$1
    shift
    expect_status 2 ipctl "$@"
    expect_error "$text"
    expect_error "(see 'ipctl *--help')"
    [ ! -s "$out" ] || fail "prints: $(cat "$out")"
    [ "$(wc -l <"$err")" = 1 ] || fail_command "not one line"
}
refused "ipctl: '' is no mechanism" ''
refused "ipctl: mq: '' is no verb" mq ''
refused 'ipctl: mq send: NAME is missing' mq send
refused 'ipctl: mq ls: unexpected' mq ls /q
refused "unexpected 'more'" help mq send more
refused '--priority needs a value' mq send /q -p
refused '--priority: ' mq send -p x /q
refused '--priority: ' mq send /q x -p -1
refused '--json takes no value' mq ls --json=yes
refused "unknown option '-5'" mq recv -n5 /q
refused "unknown option '-z'" mq recv -nz /q
refused "unknown option '--prio'" mq send --prio 5 /q
refused '--color: ' mq ls --color sometimes
refused '--count: ' mq recv /q --count=
