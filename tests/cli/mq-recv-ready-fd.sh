#!/bin/sh
# --ready-fd N: a newline comes there when the queue is open, not before; recv, listen, --notify.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkfifo ready
for verb in recv listen 'listen --notify'; do
    # shellcheck disable=SC2086  # words
    background sh -c "exec ipctl mq $verb -c 1 --ready-fd 5 /q 5>ready >got"
    IFS= read -r line <ready
    [ -z "$line" ] || fail "$verb: ready says '$line'"
    [ "$(find "/proc/$bg/fd" -lname /q | wc -l)" = 1 ] || fail "$verb: ready, but the queue is not open"
    [ ! -s got ] || fail "$verb: took something"
    mq-send /q 0 text
    wait "$bg" || fail "$verb: status $?"
    case $verb in
        *notify) expect_output text mq-recv -r -n /q ;;
        *) expect_output text cat got ;;
    esac
done

expect_status 1 ipctl mq recv --ready-fd 9 /q
expect_error --ready-fd
mq-send /q 0 kept
expect_status 1 ipctl mq recv --ready-fd 9 /q
expect_output kept mq-recv -r -n /q
expect_status 2 ipctl mq recv --ready-fd=x /q
ipctl mq rm /q
