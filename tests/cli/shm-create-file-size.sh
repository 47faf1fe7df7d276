#!/bin/sh
# shm create SIZE -f FILE: zeros follow what is shorter; what is longer, or cannot be read, is refused and nothing is left.
. "$(dirname "$0")/lib.sh"

printf 0123456789 >ten
for command in 'cat ten | ipctl shm create /made 16 -f -' 'ipctl shm create /made 16 -f ten'; do
    expect_output '' sh -c "$command"
    expect_output 16 shm-size /made
    printf '0123456789\0\0\0\0\0\0' | cmp - /dev/shm/made
    rm /dev/shm/made
done

refused() {
    pattern=$1
    shift
    expect_status 1 sh -c "$*"
    expect_error "$pattern"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    expect_output '' ls -A /dev/shm
}
refused '/made: 10 bytes*SIZE' 'ipctl shm create /made 9 -f ten'
refused '/made: 10 bytes*SIZE' 'ipctl shm create --sparse /made 9 -f - <ten'
refused '/made: *SIZE' 'cat ten | ipctl shm create /made 9 -f -'
refused '/made: *SIZE' 'ipctl shm create /made 0 -f ten'
refused 'none: *No such file' 'ipctl shm create /made -f none'
refused 'Is a directory' 'ipctl shm create /made -f .'
refused 'Bad file descriptor' 'ipctl shm create /made -f - <&-'
