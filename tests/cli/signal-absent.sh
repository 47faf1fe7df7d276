#!/bin/sh
# signal: verbs that cannot exist say why, and what to use instead
# no-mqueue
. "$(dirname "$0")/lib.sh"

for verb in create rm peek set resize; do
    expect_status 2 ipctl signal $verb x
    expect_error "ipctl: signal $verb: "
    case $(ipctl signal --help) in
    *"  $verb "*) fail "$verb is in the help" ;;
    esac
done
expect_status 2 ipctl signal create
expect_error 'signals are not made, they exist'
expect_status 2 ipctl signal rm 5
expect_error 'cannot be taken back'
