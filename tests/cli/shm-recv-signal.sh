#!/bin/sh
# shm read dies of the signal that stops it while the reader of its output stalls, so that the caller sees 128+N.
. "$(dirname "$0")/lib.sh"

head -c 4M /dev/urandom | ipctl shm create /here -f -
mkfifo pipe
for signal in INT:130 TERM:143 HUP:129; do
    for options in '' '--encode hex' '--encode hexdump' '-J' '-F %s' '--length-prefix'; do
        # A shell starts background commands with SIGINT ignored.
        # shellcheck disable=SC2086  # words
        background env --default-signal sh -c 'exec ipctl shm read "$@" /here >pipe 2>errors' sh $options
        exec 5<>pipe
        head -c 1 <&5 >/dev/null
        kill "-${signal%:*}" "$bg"
        status=0
        timeout 20 tail -f /dev/null --pid="$bg" || fail "read $options, SIG${signal%:*}: goes on"
        wait "$bg" || status=$?
        exec 5<&-
        [ $status = "${signal#*:}" ] || fail "read $options, SIG${signal%:*}: status $status, $(cat errors)"
    done
done
ipctl shm rm /here
