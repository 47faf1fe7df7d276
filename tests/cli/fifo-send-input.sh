#!/bin/sh
# send: standard input and --file are split as the messages in the FIFO are; the last needs no mark
. "$(dirname "$0")/lib.sh"

mkfifo fifo
sent() {
    background fifo-read fifo >got
    "$@"
    wait "$bg"
    cmp got wanted || fail "$*: $(od -c got)"
}
printf 'a\n\nb\n' >wanted
printf 'a\n\nb' >in
sent ipctl fifo send fifo <in
sent ipctl fifo send -l -f in fifo
sent ipctl fifo send --file - fifo <in
printf 'a\n\0b\0' >wanted
printf 'a\n\0b' >in
sent ipctl fifo send -0 fifo <in
printf 'a--b--' >wanted
printf 'a--b' >in
sent ipctl fifo send --delimiter=-- fifo <in
printf '\1\0\0\0a\0\0\0\0' >wanted
cp wanted in
sent ipctl fifo send --length-prefix fifo <in
: >wanted
sent ipctl fifo send fifo </dev/null
background fifo-read fifo
expect_status 1 ipctl fifo send -w 20 -f missing fifo
expect_error 'missing: open: No such file or directory'
