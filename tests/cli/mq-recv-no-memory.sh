#!/bin/sh
# Memory that is used up while a message is being shown does not lose it.
. "$(dirname "$0")/lib.sh"

if grep -q __asan_init "$ipctl"; then skip "a sanitizer needs more address space than any limit leaves"; fi
ipctl mq create /q
mq-send /q 7 "$(printf '%04000d' 0)"
format=$(printf '%%x%.0s' $(seq 2000))
expect_status 1 sh -c 'ulimit -v 14000; exec ipctl mq recv -n -F "$1" /q' sh "$format"
expect_error 'out of memory'
expect_output '7 4000' ipctl mq recv -n -F '%p %l' /q
ipctl mq rm /q
