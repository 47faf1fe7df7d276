#!/bin/sh
# sem listen -- CMD: runs CMD once for each post, one after the other, with nothing on its standard input; -F and -J are its input.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 3
expect_output '<><><>' ipctl sem listen -c 3 /s -- sh -c 'printf "<%s>" "$(cat)"'
expect_output 0 sem-op /s value
sem-op /s post 2
expect_output 'x y
x y' ipctl sem listen -c 2 /s -- echo 'x y'
sem-op /s post
expect_output '/s 1' ipctl sem listen -c 1 -F '%n %c' /s -- cat
sem-op /s post
expect_output '/s 1' ipctl sem listen -c 1 -J /s -- python3 -c 'import json, sys
m = json.load(sys.stdin); print(m["name"], m["seq"])'

background sh -c 'exec ipctl sem listen /s -- sh -c "echo post >>posts"'
for number in 1 2 3; do
    sem-op /s post
    wait_until sh -c "[ \$(wc -l <posts) = $number ]"
done
kill "$bg"
wait "$bg" || :
ipctl sem post /s
expect_status 124 ipctl sem listen -w 50ms /s -- true
expect_output 0 sem-op /s value
expect_status 127 ipctl sem listen /s -- no-such-command
sem-op /s post
expect_status 127 ipctl sem listen /s -- no-such-command
expect_output 1 sem-op /s value
ipctl sem rm /s
