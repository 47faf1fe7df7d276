#!/bin/sh
# shm read with framing: a newline, NUL, other text or the length as for a message of other mechanisms; without it, none.
. "$(dirname "$0")/lib.sh"

shm-make /here 3
shm-put /here 0 abc
is() {
    wanted=$1
    shift
    got=$(ipctl shm read "$@" /here | xxd -p)
    [ "$got" = "$wanted" ] || fail "$*: $got"
}
is 616263
is 616263 -N
is 6162630a --lines
is 61626300 --null
is 6162632d2d --delimiter --
is 6162630d0a -d '\r\n'
is 03000000616263 --length-prefix
is 620a -l --offset 1 --length 1
is 0a -l --length 0
is 3631363236330a --encode hex
is 363136323633 --encode hex -N
is 36313632363300 --encode hex -0
expect_status 2 ipctl shm read -N -l /here
ipctl shm rm /here
