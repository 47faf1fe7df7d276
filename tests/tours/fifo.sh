#!/bin/sh
# shellcheck disable=SC2016
# needs: test -d /proc/self/fd

# fifo: pipes that have a name

# A FIFO. Who opens it waits for the other side, unless told otherwise.
ipctl fifo create work.fifo
ipctl fifo send --nonblock work.fifo hello || test $? = 3
ipctl fifo recv --timeout 200ms work.fifo || test $? = 124

# A command for each message, from whatever writer: they come and go, listen stays.
ipctl fifo listen -c 3 work.fifo -- sh -c 'echo "message $IPCTL_SEQ: $(cat)"' &
ipctl fifo send work.fifo 'sweep the floor' 'feed the cat'
echo 'from the shell' >work.fifo
wait $!

# One message, and no byte more: what follows stays. Here the shell keeps the FIFO open meanwhile.
exec 5<>work.fifo
ipctl fifo send work.fifo red green blue
ipctl fifo recv work.fifo
ipctl fifo recv -J work.fifo
read -r color <&5; echo "the shell reads $color"

# Who has it open, and what is in it.
ipctl fifo send work.fifo 1234
ipctl fifo stat work.fifo
ipctl fifo ls . -o name,bytes,capacity --filter 'name=*work.fifo'
ipctl fifo recv work.fifo

# Messages of any bytes: with a NUL, or their length, to tell them apart.
ipctl fifo send work.fifo "$(printf 'two\nlines')" || test $? = 1
ipctl fifo send --length-prefix work.fifo "$(printf 'two\nlines')" ''
ipctl fifo recv --length-prefix -c 2 -N -F '%c: %l bytes, %q\n' work.fifo

# What would be mixed with the messages of others is refused, unless they are kept out.
ipctl fifo send work.fifo "$(printf '%5000s' x)" || test $? = 1
ipctl fifo send --lock work.fifo "$(printf '%5000s' x)"
ipctl fifo recv -F '%l bytes in one message' work.fifo
exec 5>&-

# All bytes of a stream.
ipctl fifo recv --stream work.fifo >copied &
seq 100000 | ipctl fifo send --stream --json work.fifo
wait $!
tail -n 1 copied

# A service that makes its FIFO and removes it, with a journal: it is killed, and nothing is lost.
ipctl fifo listen --journal kept work.fifo -- sh -c 'kill -KILL "$PPID"' &
ipctl fifo send work.fifo precious
wait $! || test $? = 137
ipctl fifo recv --journal kept --replay work.fifo

# A FIFO is removed, and nothing else is.
ipctl fifo rm copied || test $? = 1
ipctl fifo rm work.fifo
