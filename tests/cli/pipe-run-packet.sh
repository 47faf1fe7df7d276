#!/bin/sh
# pipe run --packet: what one write gave is what one read gets, also through --tee and --fan-out; without it they run together
. "$(dirname "$0")/lib.sh"

cat >writer.py <<'PY'
import os
for n in (1, 3, 1000, 4096, 2, 5000): os.write(1, bytes([65 + n % 26]) * n)
PY
cat >reader.py <<'PY'
import os, sys, time
if len(sys.argv) > 2:
    while not os.path.exists(sys.argv[2]): time.sleep(0.01)
with open(sys.argv[1], "w") as file:
    while data := os.read(0, 8192): print(len(data), chr(data[0]), len(set(data)), file=file)
PY
# pipe(7): beyond PIPE_BUF a write is several packets.
wanted="1 B 1
3 D 1
1000 M 1
4096 O 1
2 C 1
4096 I 1
904 I 1"
expect_status 0 ipctl pipe run --packet -- python3 writer.py ::: python3 reader.py got
expect_output "$wanted" cat got
# All are in the pipe before the first is read.
expect_status 0 ipctl pipe run -- sh -c 'python3 writer.py; touch go' ::: python3 reader.py got go
expect_output 8192 sh -c 'sed "s/ .*//;1q" got'
rm go
expect_status 0 ipctl pipe run --packet -- sh -c 'python3 writer.py; touch go' ::: python3 reader.py got go
expect_output "$wanted" cat got
rm got
expect_status 0 ipctl pipe run --packet --tee copy -- python3 writer.py ::: python3 reader.py got
expect_output "$wanted" cat got
expect_output 10102 sh -c 'wc -c <copy'
rm go
expect_status 0 ipctl pipe run --packet --capacity 4096 --fan-out -- python3 writer.py ::: python3 reader.py got ::: python3 reader.py got2
expect_output "$wanted" cat got
expect_output "$wanted" cat got2
# A file that the kernel cannot splice into gets all as well.
mkfifo fifo
background sh -c 'cat fifo >copied'
expect_status 0 ipctl pipe run --packet --tee fifo -- python3 writer.py ::: python3 reader.py got
expect_output "$wanted" cat got
wait "$bg"
cmp copy copied
