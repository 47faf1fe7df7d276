#!/bin/sh
# rm removes FIFOs and nothing else; the others are removed all the same
. "$(dirname "$0")/lib.sh"

mkfifo one two
ln -s one link
echo text >file
mkdir directory
expect_status 1 ipctl fifo rm one link file directory two
for line in 'link: is a symbolic link, not a FIFO' 'file: is a regular file, not a FIFO' 'directory: is a directory, not a FIFO'; do
    expect_error "$line"
done
[ "$(echo *)" = "directory file link" ] || fail "$(ls)"
