#!/bin/sh
# fd:N is looked at without moving the position that its descriptor shares with the shell's, by any verb but run, whose CMD may.
. "$(dirname "$0")/lib.sh"

shm-make /here 10
shm-put /here 0 0123456789
exec 4<>/dev/shm/here
expect_output 01 head -c 2 <&4
position() {
    expect_output 2 sed -n 's/^pos:[[:space:]]*//p' /proc/$$/fdinfo/4
}
for command in 'read fd:4' 'read --encode hexdump fd:4' 'read -J fd:4' 'write fd:4 0' 'write --grow --offset 10 fd:4 x' \
    'resize fd:4 10' 'stat fd:4' 'copy fd:4 /copy' 'copy fd:4 ./copy' 'run fd:4 -- true'; do
    # shellcheck disable=SC2086  # words
    expect_status 0 ipctl shm $command
    position || fail "$command moved it"
done
expect_status 3 ipctl shm listen -n fd:4
position
expect_output 23 sh -c 'ipctl shm run fd:4 -- head -c 2 <&4'
ipctl shm rm /here /copy
