#!/bin/sh
# create gives exactly the mode that was asked for, whatever the umask; 0600 by default
. "$(dirname "$0")/lib.sh"

umask 077
ipctl fifo create plain
ipctl fifo create -m 0622 open
ipctl fifo create --mode 0 shut
test -p plain && test -p open && test -p shut
[ "$(stat -c %a plain open shut | xargs)" = '600 622 0' ] || fail "$(stat -c '%n %a' plain open shut)"
