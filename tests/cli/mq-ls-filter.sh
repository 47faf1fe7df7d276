#!/bin/sh
# mq ls --filter KEY=VALUE: patterns on any column, several must all match; what is no filter is refused.
. "$(dirname "$0")/lib.sh"

mq-make /job-1 5 100
mq-make /job-2 6 100 0640
mq-make /log 5 2048
mq-send /job-2 0 x
filtered() {
    wanted=$1
    shift
    expect_output "$wanted" sh -c 'ipctl mq ls --noheadings -o name "$@" | xargs' sh "$@"
}
filtered '/job-1 /job-2' --filter 'name=/job*'
filtered '/job-2' --filter 'name=/job*' --filter mode=0640
filtered '/job-1 /log' --filter messages=0
filtered '/log' --filter=MSGSIZE=2048
filtered '/log' --filter 'msgsize=204?'
filtered '' --filter name=nothing
filtered '/job-1 /job-2' --filter 'name=/job-[12]'
filtered '/job-1 /log' --filter capacity=5
expect_output '{"schema":1,"objects":[{"mechanism":"mq","name":"/log"}]}' ipctl mq ls -J -o name --filter name=/log
expect_output /log ipctl mq stat -o name --noheadings --filter msgsize=2048 /job-1 /log
for wrong in name nosuch=x =x ''; do
    expect_status 2 ipctl mq ls --filter="$wrong"
done
expect_status 2 ipctl mq ls --filter nosuch=x
expect_error CAPACITY
ipctl mq rm /job-1 /job-2 /log
