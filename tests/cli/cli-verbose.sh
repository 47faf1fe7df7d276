#!/bin/sh
# -v shows each IPC call with arguments and result on standard error, and changes neither output nor status
. "$(dirname "$0")/lib.sh"

expect_status 0 ipctl mq create -v /q
[ ! -s "$out" ] || fail_command "on standard output"
grep -Eqx 'mq_open\("/q", .*O_CREAT.*, 0600, .*\) = [0-9]+' "$err" || fail_command "no mq_open"
expect_status 0 ipctl mq send /q --verbose 'a"b'
grep -Eqx 'mq_send\([0-9]+, "a\\"b", 3, 0\) = 0' "$err" || fail_command "no mq_send"
expect_output 'a"b' ipctl mq recv -qv /q
grep -Eqx 'mq_receive\(.*\) = 3' "$err" || fail_command "no mq_receive"
expect_status 4 ipctl mq recv -v /none
grep -Eqx 'mq_open\("/none", .*\) = -1 ENOENT \(No such file or directory\)' "$err" || fail_command "no failed call"
expect_error 'ipctl: mq recv: /none: '
expect_status 0 ipctl mq rm /q
[ ! -s "$err" ] || fail_command "traces without -v"
# Known before anything else is done, wherever it stands.
expect_status 4 ipctl mq rm /q -v
expect_error 'mq_unlink("/q") = -1 ENOENT'
