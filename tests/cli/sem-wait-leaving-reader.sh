#!/bin/sh
# sem wait and listen whose reader leaves while they wait end, and what is posted afterwards is not taken.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s
mkfifo pipe
for verb in 'wait -c 3 -F %c' 'listen' 'listen -J' 'wait -J'; do
    exec 8<>pipe
    background sh -c "exec ipctl sem $verb --ready-fd 5 /s >pipe 5>ready 8<&-"
    wait_until test -s ready
    exec 8<&-
    status=0
    wait "$bg" || status=$?
    [ $status = 141 ] || fail "$verb: status $status, not that of SIGPIPE"
    ipctl sem post -c 2 /s
    sem-op /s trywait 2 || fail "$verb: took a post that nobody read"
    rm ready
done
expect_output 0 sem-op /s value
ipctl sem rm /s
