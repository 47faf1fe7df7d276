#!/bin/sh
# help on program, mechanism and verb: the same text however it is asked for, on standard output, status 0
# no-mqueue
. "$(dirname "$0")/lib.sh"

same() {
    first=$("$@") || fail "status $?: $*"
    [ -n "$first" ] || fail "nothing: $*"
}
same ipctl --help
for words in -h help 'help help' '--help --help'; do
    # shellcheck disable=SC2086  # words
    expect_output "$first" ipctl $words
done
same ipctl mq --help
for words in 'mq -h' 'mq help' 'help mq'; do
    # shellcheck disable=SC2086  # words
    expect_output "$first" ipctl $words
done
same ipctl mq send --help
for words in 'mq send -h' 'help mq send' 'mq send /q x --help' 'mq send -qp 5 --help'; do
    # shellcheck disable=SC2086  # words
    expect_output "$first" ipctl $words
done
case $first in *'usage: ipctl mq send '*NAME*Operands:*Input:*--lines*Waiting:*--timeout*Common*--json*Examples:*'ipctl mq send '*) ;; *) fail "$first" ;; esac
same ipctl help exit-status
case $first in *124*'timed out'*) ;; *) fail "$first" ;; esac

# Not asked for: on standard error, status 2.
for words in '' mq; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl $words
    expect_error 'usage: ipctl'
    [ ! -s "$out" ] || fail "on standard output: $(cat "$out")"
done
