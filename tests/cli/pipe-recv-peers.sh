#!/bin/sh
# the other side is a C program, python, cat or a shell: writes of any size and any number make the messages they mark, nothing else
. "$(dirname "$0")/lib.sh"

# Many writes are one message, one write is many.
expect_output '1 15' sh -c 'pipe-io write 1 1 2 3 4 5 | ipctl pipe listen -F "%c %l" fd:0'
python3 -c 'import os
os.write(1, b"a\nb\nc")
os.write(1, b"c\n\n")' | expect_output 'a
b
cc' ipctl pipe listen fd:0
# To a C program that reads little by little, and a python one.
expect_output '4 a
3 b' sh -c 'ipctl pipe send fd:1 aaa bb | pipe-io read 0 4'
expect_output "['x y\\n', 'z\\n']" sh -c 'ipctl pipe send fd:1 "x y" z | python3 -c "import sys; print(list(sys.stdin))"'
# A pipe that python made, by its address from outside, in both directions.
cat >peer.py <<'END'
import os, subprocess
read, write = os.pipe()
os.write(write, b"from python\n")
address = f"{os.getpid()}:{read}"
got = subprocess.run(["ipctl", "pipe", "recv", address], stdout=subprocess.PIPE, check=True).stdout
assert got == b"from python\n", got
subprocess.run(["ipctl", "pipe", "send", address, "from ipctl"], check=True)
assert os.read(read, 100) == b"from ipctl\n"
# Its length before it, as struct has it.
import struct
os.write(write, struct.pack("<I", 3) + b"a\nb")
got = subprocess.run(["ipctl", "pipe", "recv", "--length-prefix", address], stdout=subprocess.PIPE, check=True).stdout
assert got == struct.pack("<I", 3) + b"a\nb", got
# The end comes when python closes: the holder of the read end alone keeps no writer.
os.write(write, b"last")
os.close(write)
got = subprocess.run(["ipctl", "pipe", "listen", address], stdout=subprocess.PIPE, check=True, timeout=60).stdout
assert got == b"last\n", got
END
python3 peer.py
