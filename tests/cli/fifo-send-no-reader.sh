#!/bin/sh
# send waits for a reader at most as long as it may, and then has sent nothing
. "$(dirname "$0")/lib.sh"

mkfifo fifo
expect_status 3 ipctl fifo send -n fifo hello
expect_error 'fifo: no reader has opened it'
expect_status 124 ipctl fifo send -w 200ms fifo hello
expect_error 'fifo: no reader has opened it'
expect_status 3 ipctl fifo send -n --stream fifo </dev/null
background ipctl fifo send -w 20 fifo hello
sender=$bg
expect_output hello fifo-read fifo
wait "$sender"
# A writer alone is no reader.
background sh -c 'exec 3>fifo'
expect_status 3 ipctl fifo send -n fifo hello
ipctl fifo recv -q fifo || [ $? = 3 ]
