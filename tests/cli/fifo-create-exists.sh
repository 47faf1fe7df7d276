#!/bin/sh
# create never takes what is there: status 5, and it stays as it was
. "$(dirname "$0")/lib.sh"

mkfifo -m 640 fifo
echo text >file
mkdir directory
ln -s nowhere link
for name in fifo file directory link; do
    expect_status 5 ipctl fifo create "$name"
    expect_error "$name: exists already"
    expect_status 5 ipctl fifo create -x -m 600 "$name"
done
[ "$(stat -c %a fifo) $(cat file) $(readlink link)" = '640 text nowhere' ]
