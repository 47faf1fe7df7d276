#!/bin/sh
# sem: what is no valid use is status 2, one line on standard error and nothing done.
. "$(dirname "$0")/lib.sh"

sem-make /s 3
usage() {
    expect_status 2 ipctl sem "$@"
    [ "$(wc -l <"$err")" = 1 ] || fail "$*: not one line: $(cat "$err")"
    [ ! -s "$out" ] || fail "$*: prints $(cat "$out")"
}
for verb in create init destroy post send wait recv listen run stat rm; do
    usage $verb
    usage $verb --no-such-option /s
    expect_error --no-such-option
done
for verb in create post wait listen; do usage $verb /s /t; done
usage ls /s
usage run /s
usage run /s true
usage post /s -- true
usage wait /s -- true
usage wait -n -w 5 /s
usage listen -n -w 5 /s
usage listen -j 0 /s -- true
usage listen -j 2 /s
usage listen --on-failure nonsense /s -- true
usage listen --on-failure drop /s
usage wait -p 1 /s
usage wait -F '%' /s
usage wait --encode nonsense /s
usage post -n /s
usage create /s --mode
expect_output 3 sem-op /s value
expect_output sem.s ls -A /dev/shm
ipctl sem rm /s
