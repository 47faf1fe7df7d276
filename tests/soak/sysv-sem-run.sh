#!/bin/sh
# sysv-sem-run [full]: commands under "sysv-sem run" are killed at random, those that hold and those that wait: the value comes back
. "$(dirname "$0")/../cli/lib.sh"

rounds=12
leaks=5
if [ "${1:-}" = full ]; then
    rounds=167
    leaks=50
fi

# The kernel undoes what ipctl took when the command that it became ends. Of three, two hold the semaphore; every other time the
# first is killed only when two do.
id=$(sysv-sem-make private 2 600 2 7)
: >started
for round in $(seq "$rounds"); do
    before=$(wc -l <started)
    victims=
    for _ in 1 2 3; do
        # shellcheck disable=SC2016  # for the inner shell
        background ipctl sysv-sem run "$id:0" -- sh -c 'echo >>started; exec sleep 60'
        victims="$victims $bg"
    done
    # shellcheck disable=SC2016  # for the inner shell
    if [ $((round % 2)) = 0 ]; then wait_until sh -c '[ $(wc -l <started) = "$0" ]' $((before + 2)); fi
    # shellcheck disable=SC2086  # words
    for victim in $(shuf -e $victims); do
        sleep "$(printf 0.%03d "$(shuf -i 0-15 -n 1)")"
        kill -KILL "$victim"
        status=0
        wait "$victim" 2>/dev/null || status=$?
        [ "$status" = 137 ] || fail "ended by itself with status $status"
    done
    [ "$(sysv-sem-get "$id" | cut -d ' ' -f 1-3 | xargs)" = '2 0 0 7 0 0' ] || fail "the values are $(sysv-sem-get "$id")"
done
echo "$((3 * rounds)) killed, $(wc -l <started) of them once the command ran: the value is what it was"
[ "$(wc -l <started)" -ge $((rounds / 2 * 2)) ] || fail "hardly any was killed while the command ran"
sysv-rm sem "$id"

# A POSIX semaphore has nothing of the kind: where ipctl is killed, nobody posts, also once the command has ended.
sem-make /s $((leaks + 1))
mkfifo stay
for _ in $(seq "$leaks"); do
    rm -f running ended
    background ipctl sem run /s -- sh -c 'echo >running; read -r _ <stay; echo >ended'
    wait_until test -s running
    kill -KILL "$bg"
    wait "$bg" 2>/dev/null || :
    echo >stay
    wait_until test -s ended
done
echo "$leaks times ipctl sem run was killed: the value of the POSIX semaphore went from $((leaks + 1)) to $(sem-op /s value)"
expect_output 1 sem-op /s value
sem-op /s wait
rm /dev/shm/sem.s
