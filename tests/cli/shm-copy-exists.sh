#!/bin/sh
# shm copy to what exists is status 5; --force puts the copy in its place, and who has the old one keeps that and its data.
. "$(dirname "$0")/lib.sh"

printf new | ipctl shm create /here -m 0640 -f -
printf old | ipctl shm create /there -f -
printf old >file
for destination in /there file ./file "$PWD/file" file:file /here; do
    expect_status 5 ipctl shm copy /here $destination
    expect_error "${destination#file:}: exists"
    expect_error --force
    expect_output 'old old' sh -c 'echo "$(cat /dev/shm/there) $(cat file)"'
done
background shm-hold /there map >ready
wait_until test -s ready
exec 6<file
expect_output '' ipctl shm copy --force /here /there
expect_output '' ipctl shm copy --force /here file
expect_output 'new new' sh -c 'echo "$(cat /dev/shm/there) $(cat file)"'
expect_output '640 640' sh -c 'echo $(stat -c %a /dev/shm/there file)'
expect_output old cat <&6
# The old one is another object now, with the same holder.
expect_output "$bg shm-hold (mapped rw)" ipctl shm stat --deleted --noheadings -o holders /there
expect_output '' ipctl shm copy --force /here /fresh
expect_output 'fresh here there' sh -c 'ls -A /dev/shm | xargs'
ipctl shm rm /here /there /fresh
