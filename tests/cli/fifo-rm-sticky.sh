#!/bin/sh
# rm in a directory where one may not
. "$(dirname "$0")/lib.sh"

if [ "$root" != yes ]; then skip "only root can become another user"; fi
mkdir -m 1777 sticky
mkfifo sticky/fifo
expect_status 1 as_nobody ipctl fifo rm sticky/fifo
expect_error 'sticky/fifo: permission to remove it from its directory denied'
test -p sticky/fifo
