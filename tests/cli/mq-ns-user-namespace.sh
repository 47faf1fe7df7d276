#!/bin/sh
# --ns of a user's own user namespace: its queues are used, and CMD and files stay in the caller's namespaces
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

# The namespace and its user are the same for all who look, so that one script does everything.
cat >as-user.sh <<'END'
set -eu
ipctl=$1 hold=$2 make=$3
"$ipctl" mq ls >/dev/null 2>&1 || :
unshare -Ui true 2>/dev/null || exit 77
own="$(readlink /proc/self/ns/ipc) $(readlink /proc/self/ns/user)"
exec 3<>"$4"
unshare -Uri sh -c '"$2" /q 3 100 && exec "$1" /q r' sh "$hold" "$make" >&3 <"$5" &
read -r there <&3
"$ipctl" mq send --ns "$there" /q text
[ "$("$ipctl" mq recv --ns "$there" /q)" = text ]
"$ipctl" mq send --ns "$there" -f "$6" /q
"$ipctl" mq listen -c 1 --ns "$there" /q -- \
    sh -c 'cat; echo "$(readlink /proc/self/ns/ipc) $(readlink /proc/self/ns/user)"' >"$6"
[ "$(cat "$6")" = "file$own" ]
status=0
"$ipctl" mq recv --ns "$there" /none || status=$?
[ $status = 4 ]
kill "$there"
wait
END
mkfifo ready silent
chmod 666 ready silent as-user.sh
printf file >data
chmod 666 data
background sh -c 'exec sleep 100 >silent'
status=0
if [ "$root" = yes ]; then
    cp "$ipctl" "$helpers/mq-hold" "$helpers/mq-make" .
    as_nobody sh as-user.sh ./ipctl ./mq-hold ./mq-make ready silent data || status=$?
else
    sh as-user.sh "$ipctl" "$helpers/mq-hold" "$helpers/mq-make" ready silent data || status=$?
fi
[ $status != 77 ] || skip "user namespaces are not allowed here"
[ $status = 0 ] || fail "status $status"
