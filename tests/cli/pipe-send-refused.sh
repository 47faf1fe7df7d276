#!/bin/sh
# pipe send refuses what would be taken for other messages, or could be mixed with them, before anything is sent
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create)
two=$(printf 'two\nlines')
expect_status 1 ipctl pipe send "$pipe" first "$two"
expect_error "pipe send: $pipe: the message holds a newline, which ends a message: use --null, --delimiter or --length-prefix"
expect_status 1 ipctl pipe send -d ', ' "$pipe" 'a, b'
expect_error 'holds , , which ends a message'
expect_status 1 ipctl pipe send -0 --decode hex "$pipe" 6100
expect_error 'which ends a message'
long=$(printf '%4096s' x)
expect_status 1 ipctl pipe send "$pipe" "$long"
expect_error 'message is 4096 bytes, and only 4095 are written whole (PIPE_BUF 4096'
expect_error --lock
expect_status 1 ipctl pipe send --length-prefix "$pipe" "$long"
expect_error 'only 4092 are'
expect_status 3 ipctl pipe recv -n "$pipe"

# The longest ones, in each framing.
ipctl pipe send "$pipe" "$(printf '%4095s' x)"
expect_output 4095 ipctl pipe recv -F %l "$pipe"
ipctl pipe send --length-prefix "$pipe" "$(printf '%4092s' x)"
expect_output 4092 ipctl pipe recv --length-prefix -N -F '%l' "$pipe"
# Of an input, what comes before is sent.
{ echo first; echo "$long"; echo last; } >input
expect_status 1 ipctl pipe send "$pipe" <input
expect_error '1 message sent before it'
expect_output first ipctl pipe recv -a "$pipe"

for options in '-n -w 1' '--drain -n' '--lock --packet' '--lock --stream' '--stream -l' '--stream --decode hex'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl pipe send $options "$pipe" </dev/null
done
expect_status 2 ipctl pipe send --stream "$pipe" message
expect_status 2 ipctl pipe send -0
expect_error 'PIPE is missing: PID:FD, fd:N, or --to CMD'
