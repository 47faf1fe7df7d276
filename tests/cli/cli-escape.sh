#!/bin/sh
# control characters and bytes that are no text are escaped in all that a person reads, and messages stay one line
. "$(dirname "$0")/lib.sh"

bad=$(printf 'a\033[31m\nb\377\302\233\r')
shown='a\\x1b[[]31m\\nb\\xff\\xc2\\x9b\\x0d'
clean() {
    expect_status "$@"
    if grep -q "$(printf '[\033\r]')" "$out" "$err"; then fail_command "raw control characters"; fi
    [ "$(wc -l <"$err")" -le 1 ] || fail_command "not one line"
    expect_error "$shown"
}
clean 2 ipctl "$bad"
clean 2 ipctl mq "$bad"
clean 2 ipctl mq send "--$bad" /q
clean 2 ipctl mq send -p "$bad" /q
clean 2 ipctl mq send /q x -w "$bad"
clean 2 ipctl mq ls "$bad"
clean 2 ipctl mq ls -o "$bad"
clean 2 ipctl mq ls --filter "$bad"
clean 2 ipctl help "$bad"
clean 4 ipctl mq send "/$bad" x
clean 4 ipctl mq stat "/$bad"
ipctl mq create /q
clean 1 ipctl mq send /q -f "$bad"
clean 127 ipctl mq listen -c 1 /q -- "$bad"
ipctl mq rm /q
