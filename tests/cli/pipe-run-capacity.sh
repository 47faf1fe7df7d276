#!/bin/sh
# pipe run --capacity: every pipe holds as much; what the kernel does not allow is told before anything starts
. "$(dirname "$0")/lib.sh"

cat >capacity.py <<'PY'
import fcntl, sys
data = sys.stdin.read()
fds = [int(fd) for fd in sys.argv[1:]]
print(data, *(fcntl.fcntl(fd, 1032) for fd in fds), sep=" ")
PY
expect_output ' 131072
 131072 131072
 131072' ipctl pipe run --capacity 100000 -- python3 capacity.py 1 ::: python3 capacity.py 0 1 ::: python3 capacity.py 0 </dev/null
expect_output ' 4096
 4096' ipctl pipe run --capacity 1 -- python3 capacity.py 1 ::: python3 capacity.py 0 </dev/null
expect_output ' 131072
 131072' ipctl pipe run --capacity 128K --tee copy -- python3 capacity.py 1 ::: python3 capacity.py 0 </dev/null
# Without the option: what the kernel gives.
expect_output ' 65536
 65536' ipctl pipe run -- python3 capacity.py 1 ::: python3 capacity.py 0 </dev/null
expect_status 125 ipctl pipe run --capacity 1T -- touch ran ::: cat
expect_error '--capacity: no pipe can hold 1099511627776 bytes'
expect_status 2 ipctl pipe run --capacity x -- touch ran ::: cat
expect_error --capacity
[ ! -e ran ] || fail "it ran"
# As an ordinary user.
chmod 777 .
expect_status 125 as_nobody ipctl pipe run --capacity 512M -- touch ran ::: cat
expect_error '--capacity: 536870912 bytes are more than fs.pipe-max-size allows, '
expect_error CAP_SYS_RESOURCE
expect_status 125 as_nobody ipctl pipe run --capacity 512M --name x -- touch ran
expect_error CAP_SYS_RESOURCE
[ ! -e ran ] || fail "it ran"
