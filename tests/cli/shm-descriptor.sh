#!/bin/sh
# PID:FD and fd:N stand for an object in recv, send, resize, listen, copy, run and stat: of another process, and inherited.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

shm-make /here 10
background sh -c 'exec 5<>/dev/shm/here; echo opened >ready; exec sleep 1000'
wait_until test -s ready
exec 4<>/dev/shm/here
for object in "$bg:5" fd:4; do
    shm-put /here 0 0123456789
    expect_output 0123456789 ipctl shm read $object
    expect_output 234 ipctl shm read --offset 2 --length 3 $object
    expect_output '' ipctl shm write --offset 8 $object XY
    expect_output 01234567XY shm-get /here 0 10
    expect_status 1 ipctl shm write $object 'more than there is'
    expect_error "$object: "
    expect_output '' ipctl shm resize $object 20
    expect_output 20 shm-size /here
    expect_output '' ipctl shm write --grow --offset 20 $object 0
    expect_output '' ipctl shm resize $object 10
    expect_output "$object 10 linked" ipctl shm stat --raw -b --noheadings -o name,size,state $object
    expect_status 3 ipctl shm listen -n $object
    expect_output "$object 01234567XY" ipctl shm run $object -- sh -c 'echo "$IPCTL_NAME $(eval "cat <&$IPCTL_FD")"'
    expect_output '' ipctl shm copy $object /copy
    cmp /dev/shm/here /dev/shm/copy
    ipctl shm rm /copy
    expect_output "{\"mechanism\":\"shm\",\"name\":\"$object\",\"offset\":0,\"written\":1}" ipctl shm write -J $object x
done
ipctl shm rm /here
