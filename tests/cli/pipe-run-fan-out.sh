#!/bin/sh
# pipe run --fan-out: each of the others reads all that the first writes; the slowest sets the pace, one that ends early stops nobody
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

head -c 64M /dev/urandom >in
expect_status 0 orphans ipctl pipe run --fan-out --tee copy -- cat in ::: sh -c 'cat >one' ::: sh -c 'dd bs=5000 status=none >two' ::: sh -c 'cat >three'
for file in copy one two three; do
    cmp in $file
    rm $file
done
tab=$(printf '\t')
expect_status 0 orphans ipctl pipe run --fan-out --status -- seq 1000000 ::: head -n 1 ::: true ::: tail -n 1
expect_error "1${tab}seq${tab}0${tab}-
2${tab}head${tab}0${tab}-
3${tab}true${tab}0${tab}-
4${tab}tail${tab}0${tab}-"
[ "$(sort -n "$out" | tr '\n' ' ')" = '1 1000000 ' ] || fail "output: $(cat "$out")"
# The last of them first, and one alone.
expect_output 1000000 orphans ipctl pipe run --fan-out -- seq 1000000 ::: tail -n 1 ::: true
expect_output 9 orphans ipctl pipe run --fan-out -- seq 9 ::: tail -n 1
# With all of them gone the first one ends, of SIGPIPE.
expect_status 141 orphans ipctl pipe run --fan-out --pipefail -- yes ::: head -n 1 ::: true
# While one does not read, the others get no more than what pipes hold.
background ipctl pipe run --fan-out --capacity 65536 -- head -c 10M in ::: sh -c 'cat >one' ::: sh -c 'until [ -e go ]; do sleep 0.02; done; cat >two'
wait_until test -s one
wait_until sh -c 'a=$(wc -c <one); sleep 0.2; [ "$a" = "$(wc -c <one)" ]'
[ "$(wc -c <one)" -le $((4 * 65536)) ] || fail "it ran ahead: $(wc -c <one)"
touch go
wait "$bg"
cmp one two
expect_output 10485760 sh -c 'wc -c <two'
