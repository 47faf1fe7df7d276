#!/bin/sh
# pipe run --status tells how each part ended, the one in the middle that failed as well; the status is the last one's, or that of
# the last that failed with --pipefail
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

tab=$(printf '\t')
expect_status 0 orphans ipctl pipe run --status -- seq 9 ::: grep -n 3 ::: sh -c 'cat >seen; exit 5' ::: cat
expect_error "1${tab}seq${tab}0${tab}-
2${tab}grep${tab}0${tab}-
3${tab}sh${tab}5${tab}-
4${tab}cat${tab}0${tab}-"
[ "$(wc -l <"$err")" = 4 ] || fail "more than that: $(cat "$err")"
expect_output 3:3 cat seen

expect_status 5 ipctl pipe run --pipefail -- true ::: sh -c 'exit 4' ::: sh -c 'exit 5' ::: true
expect_status 0 ipctl pipe run --pipefail -- true ::: true ::: true
expect_status 6 ipctl pipe run -- sh -c 'exit 4' ::: sh -c 'exit 6'
expect_status 0 ipctl pipe run -- sh -c 'exit 4' ::: true
[ ! -s "$err" ] || fail_command 'not silent'
# One alone is a pipeline as well.
expect_output 'a b' ipctl pipe run -- echo 'a b'

# A signal has its name, whether a part sent it to itself or another did; a status above 128 is no signal.
expect_status 137 ipctl pipe run --status=file -- sh -c 'kill -TERM $$' ::: sh -c 'exit 143' ::: sh -c 'kill -KILL $$'
expect_output "1${tab}sh${tab}143${tab}TERM
2${tab}sh${tab}143${tab}-
3${tab}sh${tab}137${tab}KILL" cat file
expect_status 0 ipctl pipe run --status=file -- sh -c 'kill -40 $$' ::: true
expect_output "1${tab}sh${tab}168${tab}RTMIN+6" sed 1q file
# A file that was there is replaced; what a name holds cannot forge a line.
printf '#!/bin/sh\n' >"$(printf 'a\n7\tb')"
chmod +x a*
expect_status 0 ipctl pipe run --status=file -- "./$(printf 'a\n7\tb')"
expect_output '1	./a\n7\tb	0	-' cat file
expect_status 125 ipctl pipe run --status=none/file -- touch ran
expect_error 'none/file: open: No such file or directory'
[ ! -e ran ] || fail "it ran"
expect_status 1 ipctl pipe run --status=/dev/full -- true
expect_error '/dev/full: write: No space left on device'
# With standard error closed nobody is told, and nothing else changes.
expect_output 1 sh -c 'ipctl pipe run --status -- echo 1 ::: cat 2>&-'
