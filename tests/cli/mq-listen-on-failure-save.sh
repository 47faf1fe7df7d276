#!/bin/sh
# mq listen --on-failure save:DIR: a message whose command failed is in a file of its own there, byte for byte.
. "$(dirname "$0")/lib.sh"

ipctl mq create --max-messages 4 --message-size 8K /jobs
head -c 3000 /dev/urandom >data
mq-send /jobs 9 <data
mq-send /jobs 2 '' good
mkdir saved
expect_status 123 ipctl mq listen -c 3 --on-failure save:saved /jobs -- grep -qx good
expect_error "saved/mq-jobs-p9-"
expect_error "saved/mq-jobs-p2-"
set -- saved/*
[ $# = 2 ] || fail "files: $*"
cmp data saved/mq-jobs-p9-*
expect_output 0 stat -c %s saved/mq-jobs-p2-*
[ "$(stat -c %a saved/mq-jobs-p9-*)" = 600 ] || fail "mode $(stat -c %a saved/*)"
expect_status 3 mq-recv -n /jobs

# A directory that is missing is made; one that cannot be written to does not cost the message.
mq-send /jobs 1 x
expect_status 123 ipctl mq listen -c 1 "--on-failure=save:new/two words" /jobs -- false
expect_output x cat 'new/two words'/mq-jobs-p1-*
mq-send /jobs 1 x
touch file
expect_status 123 ipctl mq listen -c 1 --on-failure save:file/x /jobs -- false
expect_error file/x
expect_output '1 1 x' mq-recv -n /jobs
expect_status 2 ipctl mq listen --on-failure save: /jobs -- true
expect_status 2 ipctl mq listen --on-failure save /jobs -- true
ipctl mq rm /jobs
