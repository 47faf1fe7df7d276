#!/bin/sh
# names of any bytes, of 255 of them, with a leading dash; a longer one is an error
. "$(dirname "$0")/lib.sh"

newline=$(printf 'new\nline')
escape=$(printf 'red\033[31m')
bytes=$(printf 'no\377text')
long=$(printf '%0255d' 0)
for name in "$newline" "$escape" "$bytes" "$long" ' space' -dash; do
    ipctl fifo create -- "$name"
    test -p "./$name"
    (ipctl fifo send -w 20 -- "$name" hello) &
    expect_output hello ipctl fifo recv -w 20 -- "$name"
    wait $!
    expect_status 3 ipctl fifo recv -n -- "$name"
    if grep -q "$(printf '\033')" "$err"; then fail 'an escape sequence on standard error'; fi
    [ "$(wc -l <"$err")" = 1 ] || fail_command "not one line"
    ipctl fifo rm -- "$name"
done
expect_status 1 ipctl fifo create "x$long"
expect_error 'File name too long'
[ -z "$(ls)" ] || fail "left: $(ls)"
