#!/bin/sh
# --ns of a user's own user and mount namespace, by pid and by file: its objects are used, without any privilege of ours
. "$(dirname "$0")/lib.sh"

cat >as-user.sh <<'END'
set -eu
ipctl=$1 hold=$2 make=$3
unshare -Urm true 2>/dev/null || exit 77
unshare -Urm sh -c 'mount -t tmpfs tmpfs /dev/shm && "$2" /there 10 && exec "$1" /there map' sh "$hold" "$make" >"$4" <"$5" &
while ! [ -s "$4" ]; do sleep 0.02; done
read -r there <"$4"
for ns in "$there" "/proc/$there/ns/mnt"; do
    "$ipctl" shm write --ns "$ns" /there "text"
    [ "$("$ipctl" shm read --ns "$ns" --length 4 /there)" = text ]
    [ "$("$ipctl" shm stat --ns "$ns" --noheadings -o holders /there)" = "$there shm-hold (mapped rw)" ]
    "$ipctl" shm create --ns "$ns" /new 10
    [ "$("$ipctl" shm ls --ns "$ns" --noheadings -o name | xargs)" = '/new /there' ]
    "$ipctl" shm copy --ns "$ns" /there "$6"
    "$ipctl" shm rm --ns "$ns" /new
    status=0
    "$ipctl" shm read --ns "$ns" /none || status=$?
    [ $status = 4 ]
    rm "$6"
done
kill "$there"
wait
END
mkdir place
: >pid
mkfifo silent
chmod 777 place
chmod 666 pid silent as-user.sh
background sh -c 'exec sleep 100 >silent'
status=0
if [ "$root" = yes ]; then
    cp "$ipctl" "$helpers/shm-hold" "$helpers/shm-make" .
    as_nobody sh as-user.sh ./ipctl ./shm-hold ./shm-make pid silent place/copy || status=$?
else
    sh as-user.sh "$ipctl" "$helpers/shm-hold" "$helpers/shm-make" pid silent place/copy || status=$?
fi
[ $status != 77 ] || skip "user namespaces are not allowed here"
[ $status = 0 ] || fail "status $status"
expect_output '' ls -A /dev/shm
