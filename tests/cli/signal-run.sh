#!/bin/sh
# signal run: blocked, ignored and default signals, as the kernel shows them of the command; a name goes before another's "all"
. "$(dirname "$0")/lib.sh"

shows() {
    wanted=$1
    shift
    expect_output "$wanted" ipctl signal run "$@" -- sed -n 's/^\(SigBlk\|SigIgn\):.0*\(.\)/\1 \2/p' /proc/self/status
}
shows 'SigBlk 0
SigIgn 0' --unblock all --default all
shows 'SigBlk 4200
SigIgn 1' --block USR1,term --ignore HUP
shows 'SigBlk 200000200
SigIgn 0' --block USR1 --block RTMIN
shows 'SigBlk fffffffe7ffbbeff
SigIgn 0' --block all --unblock TERM
shows 'SigBlk 4000
SigIgn 0' --unblock all --block TERM
shows 'SigBlk 0
SigIgn fffffffe7ffbfeff' --ignore all
# What is inherited stays, or is changed.
expect_output 'SigBlk 4200' ipctl signal run --block USR1 -- ipctl signal run --block TERM -- sed -n 's/^\(SigBlk\):.0*/\1 /p' /proc/self/status
expect_output 'SigIgn 2' ipctl signal run --ignore INT,QUIT -- ipctl signal run --default QUIT -- sed -n 's/^\(SigIgn\):.0*/\1 /p' /proc/self/status
expect_output 'two words' ipctl signal run --block USR1 -- echo 'two words'
expect_status 7 ipctl signal run --block USR1 -- sh -c 'exit 7'
expect_status 127 ipctl signal run --block USR1 -- no-such-command
expect_status 126 ipctl signal run -- /etc/passwd
expect_status 2 ipctl signal run --block USR1
expect_status 2 ipctl signal run --block USR1,HUP --unblock HUP -- true
expect_error 'HUP is in both --block and --unblock'
expect_status 2 ipctl signal run --ignore all --default all -- true
expect_error 'all in both --ignore and --default'
expect_status 0 ipctl signal run -v --block HUP --ignore INT -- true
expect_error 'sigprocmask(SIG_BLOCK, ?HUP?) = 0'
expect_error 'sigaction(SIGINT, SIG_IGN) = 0'
