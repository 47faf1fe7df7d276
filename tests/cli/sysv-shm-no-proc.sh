#!/bin/sh
# sysv-shm ls and stat without /proc/sysvipc, and without /proc: the system calls tell the same, save RSS and SWAP, which are unknown.
. "$(dirname "$0")/lib.sh"

a=$(sysv-shm-make 0xfedcba98 5000 640)
b=$(sysv-shm-make private 10 0)
gone=$(sysv-shm-make 0x2b 10 600)
c=$(sysv-shm-make 0x2c 70000 666)
sysv-rm shm "$gone"
if [ "$root" = yes ]; then ipctl sysv-shm set --owner 1234:nogroup "$c"; fi
background sysv-shm-hold "$c" 2 >held
wait_until grep -q ready held
sysv-rm shm "$c"
columns=id,key,owner,group,mode,size,attached,state,creator,creator_group,cpid,lpid,atime,dtime,ctime,usage
ipctl sysv-shm ls -J -o $columns >with
ipctl sysv-shm ls -J -q >all
mkdir empty
without() {
    # shellcheck disable=SC2016  # for the inner shell
    unshare -m sh -c 'mount --bind empty "$1" && shift && exec "$@"' sh "$@"
}
for hidden in /proc/sysvipc /proc; do
    # A sanitized program cannot do without /proc.
    if without $hidden ipctl --version 2>&1 | grep -q LeakSanitizer; then continue; fi
    expect_status 0 without $hidden ipctl sysv-shm ls -J -o $columns
    cmp "$out" with || fail "$hidden: $(cat "$out") is not $(cat with)"
    expect_status 0 without $hidden ipctl sysv-shm stat -J -o $columns "$a" "$b" "$c"
    cmp "$out" with || fail "$hidden: $(cat "$out") is not $(cat with)"
    expect_output '- -' without $hidden ipctl sysv-shm stat --raw --noheadings -o rss,swap "$a"
    expect_status 4 without $hidden ipctl sysv-shm stat "$gone"
done
# One who may not read them is told of all of them too.
if [ "$root" = yes ]; then
    mount --bind empty /proc/sysvipc
    expect_output "$(cat with)" as_nobody ipctl sysv-shm ls -J -o $columns
    expect_output "$b 0000 10" as_nobody ipctl sysv-shm stat -b --raw --noheadings -o id,mode,size "$b"
    umount /proc/sysvipc
fi
expect_output "$(cat all)" ipctl sysv-shm ls -J -q
kill "$bg"
wait "$bg" || :
ipctl sysv-shm rm "$a" "$b"
