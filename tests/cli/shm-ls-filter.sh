#!/bin/sh
# shm ls --filter, -o, -b and --raw: as for every mechanism, on the columns that memory has.
. "$(dirname "$0")/lib.sh"

ipctl shm create /job-1 1M
ipctl shm create -m 0640 --sparse /job-2 1M
ipctl shm create '/log file' 100
filtered() {
    wanted=$1
    shift
    expect_output "$wanted" sh -c 'ipctl shm ls --noheadings --raw -o name "$@" | xargs -d "\n"' sh "$@"
}
filtered '/job-1 /job-2' --filter 'name=/job*'
filtered '/job-2' --filter 'name=/job*' --filter mode=0640
filtered '/log\x20file' --filter size=100
filtered '/job-2' --filter used=0
filtered '/job-1 /job-2 /log\x20file' --filter state=linked --filter kind=shm
filtered '' --filter name=nothing
for wrong in name nosuch=x =x ''; do
    expect_status 2 ipctl shm ls --filter="$wrong"
done
expect_output '/job-1 1048576 1048576
/job-2 1048576 0' ipctl shm ls --raw -b --noheadings -o name,size,used --filter size=1048576
expect_output '  SIZE NAME
    1M /job-1' sh -c 'ipctl shm ls -o size,name --filter name=/job-1 | sed "s/^ */    /; 1s/^ */  /"'
expect_output '{"schema":1,"objects":[{"mechanism":"shm","name":"/job-2","size":1048576,"used":0}]}' \
    ipctl shm ls -J -o name,size,used --filter used=0
expect_status 2 ipctl shm ls -o nosuch
expect_error INODE
ipctl shm rm /job-1 /job-2 '/log file'
