#!/bin/sh
# --ns PID follows no link that a namespace's own user may have set: neither /dev/shm nor what is in it leads out of it.
. "$(dirname "$0")/lib.sh"

mkdir outside
printf secret >outside/secret
printf secret >/dev/shm/secret
# In there, everything is another root directory, whose /dev/shm is a link that would lead here.
mkdir -p jail/dev jail/proc jail/inner
printf inner >jail/inner/secret
ln -s /inner jail/dev/shm
ln -s ../../../../../../../dev/shm/secret jail/inner/link
ln -s "$tmp/outside/secret" jail/inner/absolute
background python3 -c 'import os, time
os.chroot("jail")
os.chdir("/")
print(os.getpid(), flush=True)
time.sleep(1000)' >ready
wait_until test -s ready
there=$(cat ready)
expect_output inner ipctl shm read --ns "$there" /secret
rm jail/dev/shm
ln -s "$tmp/outside" jail/dev/shm
! ipctl shm ls --ns "$there" 2>"$err" || fail "led out"
! ipctl shm read --ns "$there" /secret 2>"$err" || fail "led out"
rm jail/dev/shm
ln -s ../../../../../../.."$tmp/outside" jail/dev/shm
! ipctl shm read --ns "$there" /secret 2>"$err" || fail "led out"
! ipctl shm create --ns "$there" /new 10 2>"$err" || fail "led out"
expect_output secret ls outside
rm jail/dev/shm
ln -s /proc/1/root jail/dev/shm
! ipctl shm ls --ns "$there" 2>"$err" || fail "led out"
rm jail/dev/shm
ln -s /inner jail/dev/shm
for link in /link /absolute; do
    expect_status 1 ipctl shm read --ns "$there" $link
    expect_error "$link: is a symlink"
    expect_status 1 ipctl shm write --ns "$there" $link x
    expect_output symlink ipctl shm stat --ns "$there" --noheadings -o kind $link
done
expect_output 'secret secret' sh -c 'echo $(cat outside/secret) $(cat /dev/shm/secret)'
rm /dev/shm/secret
