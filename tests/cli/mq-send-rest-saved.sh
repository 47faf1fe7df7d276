#!/bin/sh
# mq send that ends early saves what it read from a pipe and did not send, and names the file.
. "$(dirname "$0")/lib.sh"

mq-make /jobs 2 8
saved() {
    expect_error 'bytes of input were read and not sent'
    file=$(grep -o "$XDG_STATE_HOME/ipctl/mq-jobs-unsent-[A-Za-z0-9]*" "$err") || fail "names no file: $(cat "$err")"
    [ "$(stat -c %a "$file")" = 600 ] || fail "mode $(stat -c %a "$file")"
    cmp "$1" "$file"
    rm "$file"
    mq-recv -n /jobs 9 >/dev/null || :
}

seq 5 >all
tail -n +3 all >wanted
expect_status 3 sh -c 'cat all | ipctl mq send -n -l /jobs'
saved wanted
expect_status 124 sh -c 'cat all | ipctl mq send -w 50ms -l /jobs'
saved wanted
expect_status 1 sh -c 'printf "1\n123456789\n3\n" | ipctl mq send -l /jobs'
printf '123456789\n3\n' >wanted
saved wanted
[ "$(stat -c %a "$XDG_STATE_HOME/ipctl")" = 700 ] || fail "directory: mode $(stat -c %a "$XDG_STATE_HOME/ipctl")"

# What was not read stays in the pipe.
seq 100000 200000 >many
seq 100000 200000 | { ipctl mq send -n -l /jobs 2>"$err" || :; cat; } >rest
file=$(grep -o "$XDG_STATE_HOME/[^ ]*" "$err")
tail -n +3 many >wanted
cat "$file" rest | cmp - wanted || fail "lost or repeated: $(wc -c "$file" rest wanted)"
mq-recv -n /jobs 9 >/dev/null || :
ipctl mq rm /jobs
