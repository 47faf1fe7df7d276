#!/bin/sh
# sem at an address that may only be read: init, post, wait and destroy say so and change nothing; stat works.
. "$(dirname "$0")/lib.sh"

truncate -s 64 data
ipctl sem init file:data+32 --value 3
shm-make /m 64 0644
sem-init shm:/m+32 3
exec 5<data
[ "$root" = yes ] || skip "root is stopped by no mode here"
chmod 644 data
refused() {
    for verb in 'init --force' post 'wait -n' destroy; do
        # shellcheck disable=SC2086  # words
        expect_status 1 as_nobody ipctl sem $verb "$1"
        expect_error "$2: "
        expect_error ermission
        [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    done
    expect_status 125 as_nobody ipctl sem run "$1" -- touch "$tmp/.nobody/ran"
    expect_error ermission
    [ ! -e "$tmp/.nobody/ran" ] || fail "the command ran"
    expect_output 3 as_nobody ipctl sem stat -o value --noheadings "$1"
    expect_output 3 sem-op "$1" value
}
refused "file:data+32" "file:data+32"
refused shm:/m+32 /m
rm /dev/shm/m
