#!/bin/sh
# sem names may have any byte but NUL and slash: every verb works on them, and C sees the same semaphore.
# shellcheck disable=SC1003,SC2016  # a backslash, for another shell, or literally
. "$(dirname "$0")/lib.sh"

escape=$(printf '\033[31mred')
latin=$(printf 'caf\351')
newline=$(printf 'a\nb')
bytes=$(printf '\001\177\200\376\377')
for name in 'two words' " lead" 'trail ' "quo'te" '$(touch x)' '*' '~' '"' '\' '%s' '-x' ... 'ü' 1:2 fd:3 shm:x+8 a+8 \
    "$escape" "$latin" "$newline" "$bytes"; do
    expect_status 0 ipctl sem create -- "/$name"
    [ -e "/dev/shm/sem.$name" ] || fail "/$name is not there"
    sem-op "/$name" post
    expect_output "/$name" ipctl sem wait -F %n "/$name"
    expect_output '' ipctl sem post -c 2 "/$name"
    sem-op "/$name" wait
    expect_output 1 ipctl sem stat -o value --noheadings "/$name"
    expect_output "/$name" ipctl sem listen -c 1 "/$name" -- sh -c 'printf %s "$IPCTL_NAME"'
    sem-op "/$name" post
    expect_output "/$name" ipctl sem run "/$name" -- sh -c 'printf %s "$IPCTL_NAME"'
    expect_output '' ipctl sem rm "/$name"
    [ ! -e "/dev/shm/sem.$name" ] || fail "/$name is still there"
done
[ ! -e x ] || fail "a name was run as a command"
expect_output '' ipctl sem create --value 1 -- -x
expect_output '' ipctl sem wait -n -- -x
expect_output '' ipctl sem rm -- -x
expect_status 2 ipctl sem create -x
