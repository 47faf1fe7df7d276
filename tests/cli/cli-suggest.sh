#!/bin/sh
# a mistyped mechanism, verb or option is answered with the nearest one there is, status 2
# no-mqueue
. "$(dirname "$0")/lib.sh"

suggests() {
    wanted=$1
    shift
    expect_status 2 ipctl "$@"
    expect_error "did you mean '$wanted'?"
}
suggests mq mk send /q
suggests mq qm
suggests mq help qm
suggests help hlep
suggests --version --verison
suggests --help --hlep
suggests send mq sned /q
suggests listen mq lisen /q
suggests send help mq snd
suggests --help mq --hlep
suggests --priority mq send --prioritty 5 /q
suggests --timeout mq recv --time-out=5 /q
suggests --json mq ls --jsno

# Nothing is near.
for words in 'zzzzzz' 'mq zzzzzz' 'mq ls --zzzzzz' 'mq ls -z'; do
    # shellcheck disable=SC2086  # words
    expect_status 2 ipctl $words
    if grep -q 'did you mean' "$err"; then fail "suggests: $(cat "$err")"; fi
done
# Options come after the verb.
expect_status 2 ipctl -v mq ls
expect_error "unknown option '-v'; options come after the verb"
