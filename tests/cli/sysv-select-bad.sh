#!/bin/sh
# Selectors: what is none is a usage error that quotes it, for every verb; nothing is touched, not even the good ones beside it.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x1 600)
sysv-mq-send "$id" 1 kept
touch file
for wrong in '' x 1x 0x 0xg key: key:x key:0x key:-1 key:1.5 key:ftok:file -- ' 1' '1 ' +1 1.0 2147483648 99999999999999999999 \
    ftok:file: ftok:file:-1 ftok:file:256 ftok:file:321 ftok:file:ab ftok:file:1x 'key: 1' Key:1 FTOK:file 0b1 "0x1
" "$(printf '1\033[2J')"; do
    for verb in recv 'recv -n' listen stat rm 'rm --force' 'set -m 0666'; do
        # shellcheck disable=SC2086  # words
        expect_status 2 ipctl sysv-mq $verb -- "$wrong"
        [ ! -s "$out" ] || fail "$verb '$wrong' prints $(cat "$out")"
        [ "$(wc -l <"$err")" = 1 ] || fail "$verb '$wrong': not one line: $(cat "$err")"
    done
    expect_status 2 ipctl sysv-mq send -- "$wrong" text
    expect_status 2 ipctl sysv-mq rm -- "$id" "$wrong"
    expect_status 2 ipctl sysv-mq stat -- "$wrong" "$id"
    if grep -q "$(printf '\033')" "$err"; then fail "an escape sequence reaches the terminal"; fi
    [ -z "$wrong" ] || expect_status 2 ipctl sysv-mq create -- "$wrong"
done
for wrong in x key:x 0xg ftok:file:ab; do
    expect_status 2 ipctl sysv-mq recv "$wrong"
    expect_error "'${wrong#ftok:file:}'"
done
expect_output '1 kept' sysv-mq-recv "$id" 0 1 nowait
expect_output "$id" ipctl sysv-mq ls --noheadings -o id
ipctl sysv-mq rm "$id"
