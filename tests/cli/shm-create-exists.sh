#!/bin/sh
# shm create of an object that exists is status 5, with -x and without, and changes nothing about it.
. "$(dirname "$0")/lib.sh"

shm-make /here 10 640
shm-put /here 0 kept
printf other >file
before=$(stat -c '%i %s %a %y %z' /dev/shm/here)
expect_status 5 ipctl shm create /here 20
expect_error '/here: the object exists'
expect_error --if-missing
expect_status 5 ipctl shm create -x -m 0600 /here 20
expect_error '/here: the object exists'
expect_status 5 ipctl shm create --exclusive here -f file
expect_status 5 ipctl shm create --sparse here 0
expect_status 5 ipctl shm create //here 10
expect_status 2 ipctl shm create -x --if-missing /here 10
expect_error exclusive
expect_output "$before" stat -c '%i %s %a %y %z' /dev/shm/here
expect_output kept shm-get /here 0 4
ipctl shm rm /here

# Whatever else has the name.
mkdir /dev/shm/directory
mkfifo /dev/shm/fifo
ln -s nowhere /dev/shm/link
for name in directory fifo link; do
    expect_status 5 ipctl shm create /$name 10
done
rm -r /dev/shm/directory /dev/shm/fifo /dev/shm/link
