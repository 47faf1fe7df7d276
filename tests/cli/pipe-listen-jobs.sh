#!/bin/sh
# pipe listen -j N runs that many commands at once, never more, and each message once
. "$(dirname "$0")/lib.sh"

# Three that need each other to go on.
mkfifo a b
printf '1\n2\n3\n' | expect_status 0 ipctl pipe listen -j 3 fd:0 -- sh -c 'read -r n
case $n in 1) echo >a; read -r x <b ;; 2) read -r x <a; echo >b ;; esac'
seq 24 | ipctl pipe listen -j 4 fd:0 -- sh -c 'read -r n; mkdir "run-$n"; ls -d run-* | wc -l >>most; sleep 0.02; rmdir "run-$n"; echo "$n"' >got
seq 24 >in
sort -n got | cmp - in
[ "$(sort -n most | tail -n 1)" -le 4 ] || fail "more than four at once"
printf 'x\n' | expect_status 2 ipctl pipe listen -j 0 fd:0 -- true
printf 'x\n' | expect_status 2 ipctl pipe listen -j 2 fd:0
