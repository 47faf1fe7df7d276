#!/bin/sh
# pipe run --tee: a reader that ends early ends the writer, as without; a file that cannot be written does not end anything, but the
# status is 1
. "$(dirname "$0")/lib.sh"

expect_status 141 orphans ipctl pipe run --pipefail --tee copy -- yes ::: head -n 3
expect_output y sed 1q copy
expect_status 0 orphans ipctl pipe run --tee copy -- yes ::: head -n 3
expect_status 0 orphans ipctl pipe run --tee copy -- yes ::: true
# It is full: the data goes on, and the end tells.
expect_status 1 orphans ipctl pipe run --tee /dev/full -- seq 100000 ::: tail -n 1
expect_error 'ipctl: pipe run: --tee: /dev/full: No space left on device; it does not have all'
[ "$(cat "$out")" = 100000 ] || fail "the data did not go on: $(cat "$out")"
expect_status 1 orphans sh -c 'ulimit -f 10; exec ipctl pipe run --tee copy -- seq 100000 ::: tail -n 1'
expect_error '--tee: copy: File too large'
[ "$(cat "$out")" = 100000 ] || fail "the data did not go on: $(cat "$out")"
# The status of a part that failed comes first.
expect_status 4 ipctl pipe run --tee /dev/full -- seq 9 ::: sh -c 'cat >/dev/null; exit 4'
expect_error /dev/full
# A reader of a FIFO that leaves.
mkfifo fifo
background head -c 10 fifo
expect_status 1 orphans ipctl pipe run --tee fifo -- seq 100000 ::: tail -n 1
expect_error '--tee: fifo: Broken pipe'
[ "$(cat "$out")" = 100000 ] || fail "the data did not go on: $(cat "$out")"
# One that cannot be opened: before anything starts.
for file in none/file .; do
    expect_status 125 ipctl pipe run --tee $file -- touch ran ::: cat
    expect_error "$file: open: "
done
[ ! -e ran ] || fail "it ran"
