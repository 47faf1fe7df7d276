#!/bin/sh
# shm names may have any byte but NUL and slash: every verb works on them, and C sees the same object.
# shellcheck disable=SC1003,SC2016  # a backslash, for another shell, or literally
. "$(dirname "$0")/lib.sh"

escape=$(printf '\033[31mred')
latin=$(printf 'caf\351')
newline=$(printf 'a\nb')
bytes=$(printf '\001\177\200\376\377')
for name in 'two words' ' lead' 'trail ' "quo'te" '$(touch x)' '*' '~' '"' '\' '%s' '-x' ... 'ü' 1:2 fd:0 file:x \
    ' (deleted)' "$escape" "$latin" "$newline" "$bytes"; do
    expect_status 0 ipctl shm create -- "/$name" 6 || fail "$name"
    [ -e "/dev/shm/$name" ] || fail "/$name is not there"
    shm-put "/$name" 0 from-c
    expect_output "/$name from-c" ipctl shm read -F '%n %s' "/$name"
    expect_status 0 ipctl shm write "/$name" ipctl
    expect_output ipctlc shm-get "/$name" 0 6
    expect_output 6 ipctl shm stat -b -o size --noheadings "/$name"
    expect_output "/$name 6" ipctl shm run "/$name" -- sh -c 'echo "$IPCTL_NAME $IPCTL_LENGTH"'
    expect_output '' ipctl shm resize "/$name" 5
    expect_output '' ipctl shm copy "/$name" "/x$name"
    cmp "/dev/shm/$name" "/dev/shm/x$name"
    expect_output '' ipctl shm rm "/$name" "/x$name"
    expect_output '' ls -A /dev/shm
done
[ ! -e x ] || fail "a name was run as a command"
