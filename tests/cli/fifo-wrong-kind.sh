#!/bin/sh
# what is no FIFO is never opened, and the error tells what it is; a symbolic link to a FIFO will do
. "$(dirname "$0")/lib.sh"

mkfifo fifo
ln -s fifo link
ln -s nowhere dangling
ln -s link loop1
echo text >file
mkdir directory
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
refused() {
    for verb in send recv listen; do
        expect_status "$status" ipctl fifo $verb -n "$name"
        expect_error "$name: $text"
    done
}
status=1
while read -r name text; do refused; done <<EOF
file is a regular file, not a FIFO
directory is a directory, not a FIFO
socket is a socket, not a FIFO
/dev/null is a character device, not a FIFO
file/x open: Not a directory
EOF
status=4
while read -r name text; do refused; done <<EOF
missing there is no such FIFO
missing/x there is no such FIFO
dangling there is no such FIFO
EOF
background ipctl fifo send -w 20 link hello
expect_output hello ipctl fifo recv -w 20 loop1
wait "$bg"
[ "$(cat file)" = text ]
