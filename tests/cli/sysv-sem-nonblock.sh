#!/bin/sh
# sysv-sem wait, listen, op and run -n do not wait: status 3, nothing taken, nothing run, nothing said.
. "$(dirname "$0")/lib.sh"

id=$(sysv-sem-make private 3 600 1 0 2)
before=$(sysv-sem-get "$id" | cut -d ' ' -f 1-3)
no() {
    expect_status 3 ipctl sysv-sem "$@"
    [ ! -s "$out" ] || fail "$*: prints $(cat "$out")"
    [ ! -s "$err" ] || fail "$*: says $(cat "$err")"
    [ "$(sysv-sem-get "$id" | cut -d ' ' -f 1-3)" = "$before" ] || fail "$*: $(sysv-sem-get "$id")"
}
no wait -n "$id:1"
no wait --nonblock -c 2 "$id"
no wait -n -F %c "$id:1"
no listen -n "$id:1"
no listen -n "$id:1" -- touch ran
no op -n "$id" 1:-1
no op -n "$id" 0:=0
no op -n "$id" 0:-1 2:-1 1:-1
no op -n "$id" 2:-1u 0:=0 -- touch ran
no run -n "$id:1" -- touch ran
no run -n -c 3 "$id:2" -- touch ran
[ ! -e ran ] || fail "the command ran"
for verb in "wait $id" "op $id 0:-1" "run $id"; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl sysv-sem $verb -n -w 1 -- true
done
expect_output '' ipctl sysv-sem op -n "$id" 0:-1 2:-2 1:=0
expect_status 3 ipctl sysv-sem wait -n "$id"
ipctl sysv-sem rm "$id"
