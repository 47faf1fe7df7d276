#!/bin/sh
# fifo-writers [full]: eight writers, 10,000 lines each of 1 to 4096 bytes, into one FIFO: listen gets every line whole, once, and in
# each writer's order. ipctl, the shells' peers in C and Python write.
. "$(dirname "$0")/../cli/lib.sh"

each=10000
if [ "${1:-}" = full ]; then each=100000; fi
if grep -q __asan_init "$ipctl"; then each=500; fi
cat >make.py <<'END_OF_SCRIPT'
# make.py WRITER LINES: lines of 1 to 4096 bytes with their newline: writer, number, and what fills them up.
import random, sys
writer, lines = int(sys.argv[1]), int(sys.argv[2])
source = random.Random(writer)
for number in range(lines):
    # Most are short; a few are as long as can be written at once.
    size = source.choice((source.randint(12, 80), source.randint(12, 4096), 4096)) if number % 7 else source.randint(12, 30)
    head = b"%d:%d:" % (writer, number)
    sys.stdout.buffer.write(head + bytes([97 + writer]) * (size - 1 - len(head)) + b"\n")
END_OF_SCRIPT
cat >write.py <<'END_OF_SCRIPT'
import os, sys
fd = os.open(sys.argv[1], os.O_WRONLY)
for line in open(sys.argv[2], "rb"):
    assert os.write(fd, line) == len(line)
END_OF_SCRIPT
for writer in 0 1 2 3 4 5 6 7; do python3 make.py $writer $each >in-$writer; done
# A few lines of one byte, the newline alone, from one more writer.
yes '' | head -n 100 >in-empty

ipctl fifo create fifo
background ipctl fifo listen --until-end fifo >got
reader=$bg
exec 3>fifo
writers=
for writer in 0 1 2; do
    background ipctl fifo send fifo <in-$writer
    writers="$writers $bg"
done
# One that starts anew for each hundred lines.
background sh -c 'split -l 100 --filter "ipctl fifo send fifo" in-3'
writers="$writers $bg"
for writer in 4 5; do
    background fifo-lines fifo in-$writer
    writers="$writers $bg"
done
for writer in 6 7; do
    background python3 write.py fifo in-$writer
    writers="$writers $bg"
done
background ipctl fifo send fifo <in-empty
writers="$writers $bg"
exec 3>&-
for pid in $writers; do wait "$pid" || fail "a writer ended with status $?"; done
wait "$reader" || fail "the reader ended with status $?"
echo "8 writers, $each lines each: $(wc -l <got) received, $(wc -c <got) bytes"
for writer in 0 1 2 3 4 5 6 7; do
    grep -a "^$writer:" got | cmp - in-$writer || fail "writer $writer: lines are missing, mixed or not in order"
done
[ "$(grep -c '^$' got)" = 100 ] || fail 'empty lines are missing'
[ "$(wc -l <got)" = $((8 * each + 100)) ] || fail 'lines that nobody sent'
ipctl fifo rm fifo
