#!/bin/sh
# mq send --decode: hex, base64 and quoted become bytes, in arguments and in split input; what is none of it is not sent.
# shellcheck disable=SC1003,SC2059  # a backslash, formats on purpose
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
bytes() {
    wanted=$1
    shift
    printf "$wanted" >expected
    "$@" || fail "status $?: $*"
    mq-recv -r /q >got
    cmp expected got || fail "$*"
    expect_status 3 mq-recv -n /q
}

bytes '\000\377A' ipctl mq send --decode hex /q 00fF41
bytes '\000\377A' ipctl mq send --decode=hex /q '00 ff
41'
bytes '\000\377A\n' ipctl mq send --decode base64 /q AP9BCg==
bytes 'A' ipctl mq send --decode base64 /q QQ
bytes 'a\\b\n\377\001' ipctl mq send --decode quoted /q 'a\\b\n\xff\x01'
bytes 'raw\\n' ipctl mq send --decode raw /q 'raw\n'
printf '61\n62\n' | ipctl mq send -l --decode hex /q
expect_output '0 1 a
0 1 b' mq-recv -n /q 2
for wrong in 'hex 0' 'hex 0g' 'hex 4 1' 'base64 A' 'base64 Q=Q=' 'base64 Q-Q=' 'quoted \q' 'quoted \x1' 'quoted \'; do
    expect_status 1 ipctl mq send --decode "${wrong%% *}" /q "${wrong#* }"
    expect_error ' at byte '
    expect_status 3 mq-recv -n /q
done
expect_status 2 ipctl mq send --decode rot13 /q x
expect_error rot13
ipctl mq rm /q
