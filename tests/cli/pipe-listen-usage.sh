#!/bin/sh
# pipe recv and listen refuse what makes no sense before they take anything
. "$(dirname "$0")/lib.sh"

printf 'a\n' | {
    for options in '-j 2' '--on-failure drop' '--replay' '-n -w 1' '--max-size 5G' '--on-failure requeue -- cat' '-c 0' \
        '-F %y' '--encode rot13' '--stream -c 1'; do
        # shellcheck disable=SC2086  # words
        expect_status 2 ipctl pipe listen fd:0 $options
    done
    expect_status 2 ipctl pipe listen
    expect_error 'PIPE is missing: PID:FD, fd:N, or --from CMD'
    expect_status 2 ipctl pipe recv fd:0 fd:1
    expect_status 2 ipctl pipe open fd:0
    expect_error 'a pipe has no name to open'
    expect_output a cat
}
