#!/bin/sh
# Without permission: status 1, and the error says that reading and writing are needed, who owns it and its mode.
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs a semaphore of another user"
sem-make /read 3 0644
sem-make /write 3 0622
sem-make /closed 3 0600
sem-make /open 3 0666
for semaphore in read:0644 write:0622 closed:0600; do
    name=/${semaphore%:*}
    for verb in post 'wait -n' wait 'listen -n'; do
        # shellcheck disable=SC2086  # words
        expect_status 1 as_nobody ipctl sem $verb "$name"
        expect_error "$name: permission to read and write denied"
        expect_error "belongs to root and has mode ${semaphore#*:}"
        [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    done
    expect_status 125 as_nobody ipctl sem run "$name" -- touch "$tmp/.nobody/ran"
    expect_error "$name: permission to read and write denied"
    [ ! -e "$tmp/.nobody/ran" ] || fail "the command ran"
    expect_output 3 sem-op "$name" value
done
expect_output '' as_nobody ipctl sem post /open
expect_output '' as_nobody ipctl sem wait -n /open
expect_status 0 as_nobody ipctl sem run /open -- true
expect_output 3 sem-op /open value
ipctl sem rm /read /write /closed /open
