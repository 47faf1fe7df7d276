#!/bin/sh
# without /proc, FIFOs are opened by their names, if those have not changed meanwhile
. "$(dirname "$0")/lib.sh"

if grep -q __asan_init "$ipctl"; then skip "a sanitized program cannot do without /proc"; fi
mkfifo fifo
mkdir empty
without() {
    # shellcheck disable=SC2016  # for the inner shell
    unshare -m sh -c 'mount --bind empty /proc && exec "$@"' sh "$@"
}
background without ipctl fifo listen -c 3 fifo >got
reader=$bg
without ipctl fifo send -w 20 fifo one
without ipctl fifo send -w 20 fifo two
echo three >fifo
wait "$reader"
[ "$(cat got)" = 'one
two
three' ]
