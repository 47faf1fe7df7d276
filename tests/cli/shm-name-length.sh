#!/bin/sh
# shm names have up to 255 bytes after the slash; one more is refused with both numbers.
. "$(dirname "$0")/lib.sh"

longest=$(printf '%0255d' 0)
expect_status 0 ipctl shm create "$longest" 10
expect_status 0 ipctl shm write "///$longest" text
expect_output text shm-get "/$longest" 0 4
expect_output text ipctl shm read --length 4 "$longest"
expect_output "/$longest" ipctl shm ls -o name --noheadings
for verb in create resize copy; do
    expect_status 2 ipctl shm $verb "/${longest}1" 10
    expect_error 256
    expect_error 255
done
for verb in send recv listen stat rm; do
    expect_status 2 ipctl shm $verb "/${longest}1"
    expect_error 256
    expect_error 255
done
expect_status 2 ipctl shm copy "/$longest" "/${longest}1"
expect_error 255
expect_status 1 ipctl shm copy --force "/$longest" "/$longest"
expect_error "is the object itself"
expect_status 0 ipctl shm rm "/$longest"
