#!/bin/sh
# shellcheck disable=SC2016
# needs: test -d /proc/sys/fs/mqueue

# mq: POSIX message queues

# A queue for jobs of up to 100 bytes, four at most. Two are sent; one line of input is one message with -l.
ipctl mq create /jobs --max-messages 4 --message-size 100
ipctl mq send /jobs 'sweep the floor' 'feed the cat'
printf 'put out the fire\n' | ipctl mq send -l --priority 9 /jobs

# What there is, and all that is known of one queue.
ipctl mq ls
ipctl mq stat /jobs

# The most urgent message comes first. What comes is formatted like this, or is JSON.
ipctl mq recv -F 'priority %p, %l bytes: %s' /jobs
ipctl mq recv -J /jobs
ipctl mq recv /jobs

# An empty queue: not to wait is status 3, to wait in vain is status 124.
ipctl mq recv --nonblock /jobs || test $? = 3
ipctl mq recv --timeout 200ms /jobs || test $? = 124

# A full queue, and a message that is too long.
ipctl mq send --nonblock /jobs 1 2 3 4 5 || test $? = 3
ipctl mq send /jobs "$(printf '%0200d' 0)" || test $? = 1
ipctl mq recv --all /jobs

# A command for each message.
ipctl mq listen -c 3 /jobs -- sh -c 'echo "message $IPCTL_SEQ: $(cat)"' &
ipctl mq send /jobs red green blue
wait $!

# To be told of an arrival, and take nothing. Once ipctl is ready, nothing is missed.
mkfifo ready
ipctl mq listen --notify -c 1 --ready-fd 4 /jobs 4>ready &
read -r _ <ready
ipctl mq send /jobs 'knock, knock'
wait $!
ipctl mq stat /jobs -o messages

# With a journal, what is taken is in a file until it is delivered. Here ipctl is killed before it is; then it is.
ipctl mq listen --journal journal /jobs -- sh -c 'kill -KILL "$PPID"' || test $? = 137
ipctl mq recv --journal journal --replay /jobs

# The system calls behind it.
ipctl mq send -v /jobs hello
ipctl mq recv -v /jobs

ipctl mq rm /jobs
