#!/bin/sh
# --ns of a user's own user and mount namespace: its semaphores are used, and CMD stays in the caller's namespaces
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

# The namespace and its user are the same for all who look, so that one script does everything.
cat >as-user.sh <<'END'
set -eu
ipctl=$1 hold=$2
unshare -Urm true 2>/dev/null || exit 77
own="$(readlink /proc/self/ns/mnt) $(readlink /proc/self/ns/user)"
exec 3<>"$3"
unshare -Urm sh -c 'mount -t tmpfs -o mode=1777 shm /dev/shm && exec "$1" /s create 2' sh "$hold" >&3 <"$4" &
read -r there <&3
[ "$("$ipctl" sem ls --ns "$there" --raw --noheadings -o name,value)" = '/s 2' ]
"$ipctl" sem wait -n -c 2 --ns "$there" /s
"$ipctl" sem post --ns "$there" /s
[ "$("$ipctl" sem run --ns "$there" /s -- sh -c 'echo "$(readlink /proc/self/ns/mnt) $(readlink /proc/self/ns/user)"')" = "$own" ]
[ "$("$ipctl" sem stat --ns "$there" --raw --noheadings -o value /s)" = 1 ]
"$ipctl" sem create --ns "$there" /new --value 7
"$ipctl" sem wait -n -c 7 --ns "$there" /new
"$ipctl" sem rm --ns "$there" /new
status=0
"$ipctl" sem wait -n --ns "$there" /none || status=$?
[ $status = 4 ]
kill "$there"
wait
END
mkfifo ready silent
chmod 666 ready silent as-user.sh
background sh -c 'exec sleep 100 >silent'
status=0
if [ "$root" = yes ]; then
    cp "$ipctl" "$helpers/sem-hold" .
    as_nobody sh as-user.sh ./ipctl ./sem-hold ready silent || status=$?
else
    sh as-user.sh "$ipctl" "$helpers/sem-hold" ready silent || status=$?
fi
[ $status != 77 ] || skip "user namespaces are not allowed here"
[ $status = 0 ] || fail "status $status"
