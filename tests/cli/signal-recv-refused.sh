#!/bin/sh
# signal recv, listen, run: KILL and STOP cannot be waited for, blocked or ignored, and 32 and 33 are the C library's
. "$(dirname "$0")/lib.sh"

for verb in recv listen; do
    for name in KILL STOP sigkill 9; do
        expect_status 2 ipctl signal $verb USR1 $name
        expect_error 'cannot be waited for: nobody blocks, catches or ignores '
    done
    expect_status 2 ipctl signal $verb 32
    expect_error "signal 32 is the C library's own, for its threads (nptl(7))"
    expect_status 2 ipctl signal $verb NONE
    expect_error "'NONE' is no signal; 'ipctl signal ls' lists them"
    expect_status 2 ipctl signal $verb 0
    expect_status 2 ipctl signal $verb
done
for option in block unblock ignore default; do
    expect_status 2 ipctl signal run --$option TERM,KILL -- true
    expect_error "--$option: KILL always does what it does: nobody can change that"
    expect_status 2 ipctl signal run --$option 33 -- true
    expect_status 2 ipctl signal run --$option 'TERM,,HUP' -- true
done
expect_status 2 ipctl signal listen CHLD -- true
expect_error 'each CMD that ends sends CHLD'
expect_status 2 ipctl signal listen USR1 --on-failure requeue -- true
expect_error 'a signal that was taken cannot go back'
expect_status 2 ipctl signal listen USR1 --on-failure drop
