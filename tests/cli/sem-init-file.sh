#!/bin/sh
# sem init file:PATH+OFFSET: a semaphore in a file, relative or absolute, that C uses at the same place; and the reverse.
. "$(dirname "$0")/lib.sh"

truncate -s 10000 data 'odd + name'
expect_output '' ipctl sem init file:data+8192 --value 3
expect_output 3 sem-op file:data+8192 value
sem-op file:data+8192 wait
expect_output '' ipctl sem post -c 2 "file:$tmp/data+8192"
expect_output 4 sem-op file:data+8192 value
expect_output 4 ipctl sem stat -o value --noheadings file:data+8192
sem-init file:data+64 1
expect_output '' ipctl sem wait -n file:data+64
expect_status 3 ipctl sem wait -n file:data+64
sem-op file:data+64 post
expect_output '' ipctl sem run -n file:data+64 -- sem-op file:data+8192 wait
expect_output 3 sem-op file:data+8192 value

expect_output '' ipctl sem init 'file:odd + name+16' --value 2
expect_output 2 sem-op 'file:odd + name+16' value
ln -s data link
expect_output '' ipctl sem wait -n file:link+8192
expect_output 2 sem-op file:data+8192 value
expect_output 10000 stat -c %s data
