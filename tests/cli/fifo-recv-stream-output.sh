#!/bin/sh
# recv --stream to what takes no more: an error, or the end by SIGPIPE; the flags of its output stay as they are
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background sh -c 'yes >fifo'
expect_status 1 sh -c 'exec ipctl fifo recv --stream fifo >/dev/full'
expect_error 'standard output'
kill "$bg" 2>/dev/null || :
wait "$bg" || :
background sh -c 'yes >fifo'
status=0
{ ipctl fifo recv --stream fifo || echo $? >status; } | head -c 10 >got
[ "$(cat status)" = 141 ] || fail "status $(cat status)"
wait "$bg" || :
background sh -c 'echo hello >fifo'
{
    ipctl fifo recv --stream fifo
    fifo-flags 1 >&2
} 2>flags | cat >got
read -r flags _ <flags
[ $((flags & 04000)) = 0 ] || fail "O_NONBLOCK is set: $flags"
