#!/bin/sh
# sem run when others have posted up to the largest value meanwhile: it cannot be given back, and the error says so.
. "$(dirname "$0")/lib.sh"

sem-make /s 2147483647
expect_status 1 ipctl sem run /s -- sem-op /s post
expect_error '/s: '
expect_error 'largest value, 2147483647'
expect_output 2147483647 sem-op /s value
ipctl sem rm /s
