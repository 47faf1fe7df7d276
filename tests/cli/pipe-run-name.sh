#!/bin/sh
# pipe run --name: one command gets both ends of a pipe as descriptors 3 to 9, and their numbers in its environment
# shellcheck disable=SC2016  # for other shells
. "$(dirname "$0")/lib.sh"

for shell in sh bash dash zsh; do
    expect_output 'two
3 4' orphans ipctl pipe run --name jobs -- $shell -c '
        (echo one; echo two) >&$IPCTL_FD_JOBS_WRITE
        read -r x <&$IPCTL_FD_JOBS_READ
        sh -c "head -n 1 <&$IPCTL_FD_JOBS_READ"; echo $IPCTL_FD'
done
# Several, and what is taken already; it takes the place of ipctl.
expect_output 'a b c 3 4 5 6 7 8' orphans ipctl pipe run --name x --name Y_1 --name z -- sh -c '
    echo a >&$IPCTL_FD_X_WRITE; echo b >&$IPCTL_FD_Y_1_WRITE; echo c >&$IPCTL_FD_Z_WRITE
    read -r a <&$IPCTL_FD_X_READ; read -r b <&$IPCTL_FD_Y_1_READ; read -r c <&$IPCTL_FD_Z_READ; echo $a $b $c $IPCTL_FD'
expect_output '3 5' orphans sh -c 'exec ipctl pipe run --name x -- sh -c "echo \$IPCTL_FD_X_READ \$IPCTL_FD_X_WRITE" 4</dev/null'
expect_output same sh -c 'echo $$ >pid; exec ipctl pipe run --name x -- sh -c "[ \$\$ = \$(cat pid) ] && echo same"'
# The words behind -- are the command's own.
expect_status 2 ipctl pipe run --name x -- true ::: true
expect_error "--name is for one command, and ':::' stands between two"
expect_output ':::' ipctl pipe run --name x --separator , -- echo :::
# Packets and capacity are for these as well.
expect_output '65536 2' orphans ipctl pipe run --packet --capacity 65536 --name x -- python3 -c '
import fcntl, os
r, w = int(os.environ["IPCTL_FD_X_READ"]), int(os.environ["IPCTL_FD_X_WRITE"])
os.write(w, b"ab"); os.write(w, b"c")
print(fcntl.fcntl(r, 1032), len(os.read(r, 100)))'
# The end: when all who write have closed it.
expect_output 'done' orphans ipctl pipe run --name x -- bash -c '
    (echo text >&$IPCTL_FD_X_WRITE) & exec {IPCTL_FD_X_WRITE}>&-; wait; cat <&$IPCTL_FD_X_READ >/dev/null; echo done'
not() {
    wanted=$1 pattern=$2
    shift 2
    expect_status "$wanted" ipctl pipe run "$@" -- touch ran
    expect_error "$pattern"
}
not 2 'a-b' --name a-b
not 2 "'1' cannot be" --name 1
not 2 'IPCTL_FD_A a second time' --name a --name A
not 2 'at most three' --name a --name b --name c --name d
for option in --bidirectional --fan-out '--tee x' --status --pipefail; do
    # shellcheck disable=SC2086  # words
    not 2 "--name and ${option% x} exclude each other" --name a $option
done
expect_status 127 ipctl pipe run --name a -- no-such-command
expect_status 126 ipctl pipe run --name a -- /
expect_status 125 sh -c 'exec ipctl pipe run --name a -- touch ran 3</dev/null 4<&3 5<&3 6<&3 7<&3 8<&3'
expect_error 'none of the descriptors 3 to 9 is free'
[ ! -e ran ] || fail "it ran"
