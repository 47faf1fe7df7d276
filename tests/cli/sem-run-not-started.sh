#!/bin/sh
# sem run of a CMD that is not there is 127, of one that cannot be executed 126: nothing is taken, and it does not wait first.
. "$(dirname "$0")/lib.sh"

ipctl sem create /s --value 1
: >plain
printf '#!/no/such/interpreter\n' >script
chmod +x script
not_run() {
    expect_status "$1" ipctl sem run /s -- "$2"
    expect_error "$2: "
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
}
for value in 1 0; do
    expect_output $value sem-op /s value
    not_run 127 no-such-command
    not_run 127 ./none
    not_run 127 ./plain/none
    not_run 126 ./plain
    not_run 126 /
    expect_output $value sem-op /s value
    [ $value = 0 ] || sem-op /s wait
done
sem-op /s post
# What only the attempt shows: given back.
not_run 126 ./script
expect_output 1 sem-op /s value
expect_status 2 ipctl sem run /s
expect_error CMD
expect_status 2 ipctl sem run /s --
expect_status 2 ipctl sem run -- true
expect_output 1 sem-op /s value
ipctl sem rm /s
