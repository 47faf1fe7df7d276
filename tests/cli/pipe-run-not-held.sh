#!/bin/sh
# pipe run holds none of the ends: each part sees that the other has gone, and so do those before and after the pipeline
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

# Within: the writer is ended by SIGPIPE, the reader sees the end, while other parts go on.
for options in '' '--tee copy'; do
    rm -f go
    # shellcheck disable=SC2086  # words
    background ipctl pipe run $options -- sh -c 'yes; echo $? >first' ::: sh -c 'exec <&-; until [ -e go ]; do sleep 0.02; done'
    wait_until test -s first
    expect_output 141 cat first
    touch go
    wait "$bg"
    rm first
done
rm go
background ipctl pipe run -- sh -c 'echo x; exec >&-; until [ -e go ]; do sleep 0.02; done' ::: sh -c 'cat >seen; touch ended'
wait_until test -e ended
touch go
wait "$bg"
rm go
# Before: who writes to the pipeline's input sees that its first part has gone.
mkfifo in out
background sh -c 'exec ipctl pipe run -- true ::: sh -c "until [ -e go ]; do sleep 0.02; done" <in'
pipeline=$bg
background sh -c '(exec yes >in); echo $? >upstream'
wait_until test -s upstream
expect_output 141 cat upstream
# After: who reads the pipeline's output sees the end when its last part closes it.
touch go
wait "$pipeline"
rm go
background sh -c 'exec ipctl pipe run -- sh -c "until [ -e go ]; do sleep 0.02; done" ::: sh -c "echo x; exec >&-; cat >/dev/null" >out'
pipeline=$bg
expect_output x timeout 20 cat out
touch go
wait "$pipeline"
