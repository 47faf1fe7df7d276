#!/bin/sh
# --ns FILE, a mount namespace: a /dev/shm in it that is a magic link of /proc does not lead out of it
. "$(dirname "$0")/lib.sh"

mkdir outside
printf secret >outside/secret
self=$$
# There /dev/shm is a link to a directory as this process sees it.
cat >jail <<EOF
mount -t tmpfs dev /dev
ln -s /proc/$self/root$tmp/outside /dev/shm
exec sleep 1000 >ready 2>&1
EOF
background unshare -m sh -c "mkdir -p $tmp/made && . ./jail"
there=$bg
wait_until grep -q sleep "/proc/$there/comm"
for ns in "$there" "/proc/$there/ns/mnt"; do
    ! ipctl shm ls --ns "$ns" >"$out" 2>"$err" || fail "led out: $(cat "$out")"
    ! ipctl shm create --ns "$ns" /new 10 2>"$err" || fail "led out"
    ! ipctl shm rm --ns "$ns" /secret 2>"$err" || fail "led out"
    ! ipctl sem create --ns "$ns" /new 2>"$err" || fail "led out"
done
expect_output secret ls outside
