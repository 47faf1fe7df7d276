#!/bin/sh
# sem-stopped [full]: SIGTERM at a random moment to sem run and to sem wait -c: in the end the value is what it was
. "$(dirname "$0")/../cli/lib.sh"

rounds=30
if [ "${1:-}" = full ]; then rounds=1000; fi
sem-make /s 2
# Only ipctl is sent the signal: it is to pass it on. As short as ipctl's own start, so that every moment of it is hit.
stopped() {
    status=0
    timeout --foreground -s TERM "$(printf 0.%03d "$(shuf -i 1-20 -n 1)")" "$@" 2>errors || status=$?
    [ ! -s errors ] || fail "$*: complains $(cat errors)"
    echo $status >>statuses
}
: >statuses
for _ in $(seq "$rounds"); do
    stopped ipctl sem run /s -- sleep 0.005
    [ "$(sem-op /s value)" = 2 ] || fail "run: status $status, and the value is $(sem-op /s value)"
    stopped ipctl sem run /s -- ipctl sem run /s -- ipctl sem run -w 5ms /s -- true
    wait_until sh -c '[ "$(sem-op /s value)" = 2 ]'
    stopped ipctl sem wait -c 3 /s
    [ "$(sem-op /s value)" = 2 ] || fail "wait: status $status, and the value is $(sem-op /s value)"
done
echo "$((3 * rounds)) times: $(grep -cx 124 statuses) stopped by a signal, $(grep -cvx 124 statuses) ended before it"
! grep -vxE '0|124' statuses || fail "another status"
ipctl sem rm /s
