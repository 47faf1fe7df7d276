#!/bin/sh
# pipe run: command lines that cannot be obeyed say why, and nothing runs
. "$(dirname "$0")/lib.sh"

refused() {
    pattern=$1
    shift
    expect_status 2 ipctl pipe run "$@"
    expect_error "$pattern"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -e ran ] || fail "it ran: $*"
}
refused CMD
refused CMD --
refused "before the first ':::'" -- ::: touch ran
refused "after the last ':::'" -- touch ran :::
refused "between two ':::'" -- touch ran ::: ::: cat
refused "before the first ':::'" -- :::
refused "before the first '|'" --separator '|' -- '|' touch ran
refused 'separator' --separator '' -- touch ran
refused '--bidirectional and --fan-out exclude each other' --bidirectional --fan-out -- touch ran ::: cat
refused '--fan-out: at least two commands' --fan-out -- touch ran
refused 'one command alone has no pipe' --tee copy -- touch ran
refused '2 is not from 1 to 1' --tee 2:copy -- touch ran ::: cat
refused '0 is not from 1 to 1' --tee 0:copy -- touch ran ::: cat
refused '2 is not from 1 to 1' --fan-out --tee 2:copy -- touch ran ::: cat ::: cat
refused '3 is not from 1 to 2' --bidirectional --tee 3:copy -- touch ran ::: cat
refused "'1:' names no file" --tee 1: -- touch ran ::: cat
[ ! -e copy ] || fail "a file was made"
