#!/bin/sh
# recv: formats, encodings and JSON of a message in a FIFO
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3<>fifo
printf 'a b\nx\ny\n\377\n' >&3
expect_output "fifo 1 3 'a b' - - -" ipctl fifo recv -F '%n %c %l %q %p %P %u' fifo
expect_output 78 ipctl fifo recv --encode hex fifo
ipctl fifo recv -c 2 -J fifo >lines
python3 -c '
import json
y, b = map(json.loads, open("lines"))
assert (y["mechanism"], y["name"], y["seq"], y["length"], y["data"], y["encoding"]) == ("fifo", "fifo", 1, 1, "y", "utf-8"), y
assert (b["seq"], b["data"], b["encoding"]) == (2, "/w==", "base64"), b
assert y["priority"] is y["type"] is y["sender_pid"] is y["sender_uid"] is None, y
'
