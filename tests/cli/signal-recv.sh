#!/bin/sh
# signal recv: five queued real-time signals of a C program are five records with their values; a standard one waits once
. "$(dirname "$0")/lib.sh"

# They wait from before the start: a command that runs with them blocked becomes ipctl.
waits() {
    signals=$1
    shift
    rm -f go
    # shellcheck disable=SC2016  # for that shell
    background ipctl signal run --block "$signals" -- bash -c 'read -r _ < go.pipe; exec "$@"' bash "$@"
}
mkfifo go.pipe
waits RTMIN,RTMIN+1,USR1 ipctl signal recv -a RTMIN RTMIN+1 USR1 -F '%s %{number} %{code} %{si_code} %{value} %P %u %{lost}' > got
wait_until sh -c "ipctl signal stat $bg -o blocked --noheadings | grep -q USR1"
second=$(signal-send queue "$bg" 35 6)
first=$(signal-send queue "$bg" 34 1 2 3 -4 5)
user=$(signal-send kill "$bg" 10)
signal-send kill "$bg" 10 > /dev/null
signal-send kill "$bg" 10 > /dev/null
expect_output 'RTMIN, RTMIN+1, USR1' sh -c "ipctl signal stat $bg -o shared --noheadings | sed 's/\(USR1\), \(.*\)/\2, \1/'"
echo > go.pipe
wait "$bg" || fail "status $?"
uid=$(id -u)
echo "USR1 10 user 0 - $user $uid -
RTMIN 34 queue -1 1 $first $uid -
RTMIN 34 queue -1 2 $first $uid -
RTMIN 34 queue -1 3 $first $uid -
RTMIN 34 queue -1 -4 $first $uid -
RTMIN 34 queue -1 5 $first $uid -
RTMIN+1 35 queue -1 6 $second $uid -" > wanted
diff wanted got || fail "< wanted, > got"
