#!/bin/sh
# --ready-fd: a newline once what is written is not missed any more
. "$(dirname "$0")/lib.sh"

mkfifo fifo ready
background sh -c 'exec ipctl fifo listen -c 1 --ready-fd 4 fifo 4>ready' >got
reader=$bg
read -r line <ready
[ -z "$line" ]
ipctl fifo send -n fifo hello
wait "$reader"
[ "$(cat got)" = hello ]
