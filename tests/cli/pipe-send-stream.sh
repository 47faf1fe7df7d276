#!/bin/sh
# pipe send --stream passes any bytes from a pipe, a file or a terminal-like input into the pipe; full and out of time are told
. "$(dirname "$0")/lib.sh"

head -c 3M /dev/urandom >in
ipctl pipe send --stream fd:1 <in | cmp - in
# shellcheck disable=SC2002  # a pipe is meant
cat in | ipctl pipe send --stream fd:1 | cmp - in
ipctl pipe send --stream -f in fd:1 | cmp - in
expect_output '' sh -c 'ipctl pipe send --stream fd:1 </dev/null | cat'
expect_output '{"mechanism":"pipe","name":"fd:4","bytes":3145728}' sh -c '{ ipctl pipe send --stream -J -f in fd:4 4>&1 >&5 | cmp - in; } 5>&1'

# What a full pipe does not take stays in a file, and is saved from a pipe.
pipe=$(ipctl pipe create)
seq 100000 >in
expect_status 3 sh -c "status=0; { ipctl pipe send --stream -n $pipe || status=\$?; } <in; exit \$status"
expect_error 'is full; '
expect_status 3 ipctl pipe recv --stream -n "$pipe"
head -c "$(wc -c <"$out")" in | cmp - "$out"
expect_status 124 sh -c "cat in | ipctl pipe send --stream -w 100ms $pipe"
expect_error "timed out; "
expect_status 2 ipctl pipe listen --stream "$pipe"
expect_error "'ipctl pipe recv --stream' passes bytes on"
