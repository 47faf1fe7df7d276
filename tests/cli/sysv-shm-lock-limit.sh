#!/bin/sh
# sysv-shm lock as nobody: the error names RLIMIT_MEMLOCK, 0 or not; another's segment is refused, the mode does not matter.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs two users"
own=$(ipctl sysv-shm create 0x2a --size 1M --owner nobody -m 0666)
theirs=$(ipctl sysv-shm create 0x2b --size 1M -m 0666)
prlimit --memlock=2000000 true || skip "limits cannot be set here"
nobody_prepare ipctl
limited() {
    limit=$1
    shift
    expect_status "$1" prlimit --memlock="$limit" setpriv --reuid 65534 --regid 65534 --clear-groups -- "$nobody_program" sysv-shm lock "$2"
}
limited 0 1 "$own"
expect_error "$own: "
expect_error 'RLIMIT_MEMLOCK is 0 (ulimit -l)'
limited 65536 1 0x2a
expect_error '0x2a: more memory than this user may lock: RLIMIT_MEMLOCK is 65536 bytes'
expect_error 'ulimit -l'
expect_output live ipctl sysv-shm stat --noheadings -o state "$own"
limited 2000000 0 "$own"
expect_output locked ipctl sysv-shm stat --noheadings -o state "$own"
for verb in lock unlock; do
    expect_status 1 as_nobody ipctl sysv-shm $verb "$theirs"
    expect_error "$theirs: permission denied"
    expect_error 'only its owner, its creator or root may do that'
done
expect_output live ipctl sysv-shm stat --noheadings -o state "$theirs"
# Unlocking takes no limit.
expect_output '' prlimit --memlock=0 setpriv --reuid 65534 --regid 65534 --clear-groups -- "$nobody_program" sysv-shm unlock "$own"
expect_output live ipctl sysv-shm stat --noheadings -o state "$own"
ipctl sysv-shm rm "$own" "$theirs"
