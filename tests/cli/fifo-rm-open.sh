#!/bin/sh
# a FIFO that is removed stays with those who have it open
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
ipctl fifo send fifo kept
ipctl fifo rm fifo
read -r line <&3
[ "$line" = kept ]
expect_status 4 ipctl fifo send fifo x
