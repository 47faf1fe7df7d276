#!/bin/sh
# shm copy: to another object and to a file, bytes and mode the same whatever the umask; the original is left alone.
. "$(dirname "$0")/lib.sh"

python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 700 + b"end")' >data
ipctl shm create /here -f data -m 0642
for mask in 000 022 077; do
    umask $mask
    for copy in /copy ./copy file:copy2 copy3; do expect_output '' ipctl shm copy here $copy; done
    umask 022
    for copy in /dev/shm/copy copy copy2 copy3; do
        cmp data $copy
        expect_output 642 stat -c %a $copy
        rm $copy
    done
done
expect_output '' ipctl shm copy /here //copy
expect_output 179203 shm-size /copy
shm-get /copy 0 179203 | cmp - data
shm-put /copy 0 changed
cmp data /dev/shm/here
expect_output '{"mechanism":"shm","name":"/here","to":"/copy2","copied":179203}' ipctl shm copy -J /here /copy2
expect_output '{"mechanism":"shm","name":"/here","to":"./x","copied":179203}' ipctl shm copy -J /here ./x

# Another slash, or "file:", makes it a file.
mkdir directory
expect_output '' ipctl shm copy /here "$PWD/directory/copy"
expect_output '' ipctl shm copy /here "file:$PWD/directory/copy2"
expect_output 'copy
copy2' ls directory
shm-make /empty 0
expect_output '' ipctl shm copy /empty /empty2
expect_output 0 shm-size /empty2
for wrong in '' directory/ file: /; do
    expect_status 2 ipctl shm copy /here "$wrong"
done
expect_status 1 ipctl shm copy /here no/such/file
expect_error 'No such file'
expect_status 4 ipctl shm copy /none /copy3
expect_error '/none: no such object'
expect_status 2 ipctl shm copy /here
expect_output 'copy copy2 empty empty2 here' sh -c 'ls -A /dev/shm | xargs'
ipctl shm rm /here /copy /copy2 /empty /empty2
