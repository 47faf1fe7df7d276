#!/bin/sh
# shm listen -J, --encode, -F and framing: each change as a message of other mechanisms, numbered.
. "$(dirname "$0")/lib.sh"

shm-make /here 2
mkfifo ready
change() {
    background sh -c 'exec ipctl shm listen -c 1 --interval 1ms --ready-fd 5 "$@" /here 5>ready >got' sh "$@"
    read -r _ <ready
    shm-put /here 0 "$text"
    wait "$bg" || fail "$*: status $?"
}
text=ab
change --encode hex
expect_output 6162 cat got
text='cd'
change -N
printf cd | cmp - got
text=ef
change -0
printf 'ef\0' | cmp - got
text=gh
change --length-prefix
printf '\2\0\0\0gh' | cmp - got
text=ij
change -F '%n %c %l %s %x %p'
expect_output '/here 1 2 ij 696a -' cat got
text=kl
change --encode hexdump
expect_output '00000000  6b 6c                                             |kl|
00000002' cat got
text=$(printf '\377x')
change -J
python3 -c 'import base64, json
change = json.load(open("got"))
assert change["mechanism"] == "shm" and change["name"] == "/here" and change["seq"] == 1 and change["length"] == 2, change
assert change["encoding"] == "base64" and base64.b64decode(change["data"]) == b"\xffx", change'
ipctl shm rm /here
