#!/bin/sh
# Without permission: status 1, and the error names what was wanted, the owner and the mode; the kernel's mode bits decide.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs an object of another user"
shm-make /closed 4 600
shm-make /read-only 4 644
shm-make /write-only 4 622
shm-put /read-only 0 text
denied() {
    expect_status 1 as_nobody ipctl shm "$@"
    expect_error "$pattern"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints $(cat "$out")"
}
pattern='/closed: permission to read denied: it belongs to root and has mode 0600'
denied read /closed
denied listen -n /closed
denied copy /closed /copy
pattern='/closed: permission to write denied: it belongs to root and has mode 0600'
denied write /closed text
denied resize /closed 10
pattern='/read-only: permission to write denied: it belongs to root and has mode 0644'
denied write /read-only text
denied write --grow /read-only more-than-4
denied resize --force /read-only 0
pattern='/write-only: permission to read denied: it belongs to root and has mode 0622'
denied read /write-only
expect_output text as_nobody ipctl shm read /read-only
expect_output '/closed 4 root 0600' as_nobody ipctl shm stat --raw -b --noheadings -o name,size,owner,mode /closed
expect_status 5 as_nobody ipctl shm create /closed 4
expect_output '' as_nobody ipctl shm create --if-missing /closed 4
expect_output '' as_nobody ipctl shm copy /read-only /copy
expect_output '65534 644' stat -c '%u %a' /dev/shm/copy
ipctl shm rm /closed /read-only /write-only /copy
