#!/bin/sh
# sem names have up to 251 bytes after the slash, for C as well; one more is refused with both numbers.
. "$(dirname "$0")/lib.sh"

longest=$(printf '%0251d' 0)
expect_status 0 ipctl sem create "$longest" --value 1
expect_output 1 sem-op "/$longest" value
expect_output '' ipctl sem wait -n "/$longest"
expect_output '' ipctl sem post "//$longest"
expect_output "/$longest 1" ipctl sem ls -o name,value --noheadings --raw
sem-make "/${longest}1" 0 2>/dev/null && fail "C creates a longer one"
for verb in create post wait listen stat rm; do
    expect_status 2 ipctl sem $verb "/${longest}1"
    expect_error 252
    expect_error 251
done
expect_status 2 ipctl sem run "/${longest}1" -- true
expect_error 252
expect_status 0 ipctl sem rm "/$longest"
