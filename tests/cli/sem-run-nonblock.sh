#!/bin/sh
# sem run -n: status 3 when none can be taken now, and CMD does not run; -w: 124 when the time is up.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 1
expect_output 0 ipctl sem run -n /s -- sem-op /s value
expect_status 3 ipctl sem run /s -- ipctl sem run -n /s -- touch ran
expect_status 3 ipctl sem run --nonblock /s -- ipctl sem run --nonblock /s -- touch ran
expect_status 124 ipctl sem run /s -- ipctl sem run -w 50ms /s -- touch ran
expect_status 124 ipctl sem run /s -- ipctl sem run -w 0 /s -- touch ran
[ ! -e ran ] || fail "the command ran"
expect_output 1 sem-op /s value
# The time is that of the wait, not of CMD.
expect_output '' ipctl sem run -w 50ms /s -- sleep 0.3
expect_output '' ipctl sem run -w 1h /s -- touch ran
[ -e ran ] || fail "did not run"
expect_status 2 ipctl sem run -n -w 1 /s -- true
expect_error --timeout
expect_status 2 ipctl sem run -w x /s -- true
expect_output 1 sem-op /s value
ipctl sem rm /s
