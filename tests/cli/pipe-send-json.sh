#!/bin/sh
# pipe send -J tells how many messages were sent, also where it failed or ran out of time
. "$(dirname "$0")/lib.sh"

pipe=$(ipctl pipe create --capacity 4096)
expect_output "{\"mechanism\":\"pipe\",\"name\":\"$pipe\",\"sent\":2}" ipctl pipe send -J "$pipe" one two
expect_status 3 ipctl pipe send -n -J "$pipe" three "$(printf '%4090s' x)"
expect_printed "{\"mechanism\":\"pipe\",\"name\":\"$pipe\",\"sent\":1}"
printf 'a\nb\nc\n' | expect_output "{\"mechanism\":\"pipe\",\"name\":\"$pipe\",\"sent\":3}" ipctl pipe send -J "$pipe"
expect_status 1 ipctl pipe send -J "$pipe" "$(printf 'a\nb')"
[ ! -s "$out" ] || fail_command "nothing was opened"
expect_output '{"mechanism":"pipe","name":"cat >got","sent":1}' ipctl pipe send -J --to 'cat >got' x
