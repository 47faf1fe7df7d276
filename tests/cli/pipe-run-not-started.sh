#!/bin/sh
# pipe run: every part is found before one is started; what only the attempt shows ends those that run already, and has its status
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

: >plain
printf '#!/no/such/interpreter\n' >script
chmod +x script
not_run() {
    expect_status "$1" orphans ipctl pipe run --tee copy -- touch ran ::: "$2" ::: touch ran
    expect_error "$2: "
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ ! -e ran ] || fail "a part ran"
    [ ! -e copy ] || fail "a file was made"
}
not_run 127 no-such-command
not_run 127 ./none
not_run 126 ./plain
not_run 126 /
# Its interpreter is looked up when it starts: those before it see that nobody reads, those after it are not started.
tab=$(printf '\t')
expect_status 126 orphans ipctl pipe run --status -- yes ::: cat ::: ./script ::: touch ran
expect_error "1${tab}yes${tab}141${tab}PIPE
2${tab}cat${tab}141${tab}PIPE
3${tab}./script${tab}126${tab}-
4${tab}touch${tab}-${tab}-"
expect_error 'ipctl: pipe run: ./script: its interpreter is missing'
expect_status 126 orphans ipctl pipe run -- ./script ::: touch ran
[ ! -e ran ] || fail "a part ran"
# Too many arguments for execve(2).
head -c 200000 /dev/zero | tr '\0' x >long
expect_status 126 orphans ipctl pipe run -- true ::: echo "$(cat long)"
expect_error 'Argument list too long'
# No descriptors left for the pipes.
if grep -q __asan_init "$ipctl"; then exit 0; fi
expect_status 125 orphans sh -c 'ulimit -n 5; exec ipctl pipe run -- touch ran ::: cat ::: cat'
expect_error 'no more descriptors for a pipe (RLIMIT_NOFILE'
expect_status 125 orphans sh -c 'ulimit -n 5; exec ipctl pipe run --fan-out -- touch ran ::: cat ::: cat'
expect_error RLIMIT_NOFILE
[ ! -e ran ] || fail "a part ran"
