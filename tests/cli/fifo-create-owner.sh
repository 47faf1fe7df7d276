#!/bin/sh
# create --owner gives the FIFO away with exactly its mode; who may not has none in the end
. "$(dirname "$0")/lib.sh"

if [ "$root" != yes ]; then skip "only root can give a FIFO away"; fi
ipctl fifo create --owner 1234:4321 -m 0660 given
[ "$(stat -c '%u:%g %a' given)" = '1234:4321 660' ] || fail "$(stat given)"
ipctl fifo create --owner :4321 group
[ "$(stat -c '%u:%g %a' group)" = '0:4321 600' ] || fail "$(stat group)"
ipctl fifo create --if-missing --owner 1234 given
expect_status 5 ipctl fifo create --if-missing --owner 1 given
expect_error 'given: exists with other attributes: owner is 1234, not daemon'
mkdir -m 1777 shared
expect_status 1 as_nobody ipctl fifo create --owner 0 shared/mine
expect_error 'shared/mine: only root may give it to another user'
[ -z "$(ls shared)" ] || fail "left: $(ls shared)"
