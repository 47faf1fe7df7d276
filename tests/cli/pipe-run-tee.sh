#!/bin/sh
# pipe run --tee: what goes from one part to the next is in the file, all of it, whatever the sizes
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

head -c 64M /dev/urandom >in
expect_status 0 orphans ipctl pipe run --tee copy -- cat in ::: sh -c 'cat >got'
cmp in copy
cmp in got
rm copy got
# In small pipes, from a writer and to a reader of odd sizes.
expect_status 0 orphans ipctl pipe run --tee copy --capacity 4096 -- sh -c 'head -c 3M in | dd bs=777 status=none' ::: \
    sh -c 'dd bs=1313 status=none >got'
expect_status 0 cmp -n 3145728 in copy
cmp copy got
# Each junction, and two files at one.
expect_output '9 9 9 90 3' ipctl pipe run --tee one --tee 1:again --tee 2:two -- seq 9 ::: sed 's/$/0/' ::: sh -c 'tail -n 1 >last;
    echo $(tail -n 1 one) $(tail -n 1 again) $(wc -l <two) $(cat last) $(ls one again two | wc -l)'
expect_output 90 tail -n 1 two
# A file is replaced; one named with a number and a colon has a path.
expect_status 0 ipctl pipe run --tee one -- echo x ::: cat
expect_output x cat one
expect_status 0 ipctl pipe run --tee ./7:one --tee ::one -- echo y ::: cat
expect_output y cat 7:one
expect_output y cat ::one
# Nothing at all is a file as well.
expect_output '' ipctl pipe run --tee one -- true ::: cat
expect_status 0 test -e one -a ! -s one
# Both ways.
expect_output '' ipctl pipe run --bidirectional --tee 1:one --tee 2:two -- sh -c 'echo ask; read -r answer' ::: \
    sh -c 'read -r question; echo "$question: answer"'
expect_output ask cat one
expect_output 'ask: answer' cat two
# A terminal, a FIFO, a file that only appends: whatever can be written.
mkfifo fifo
background sh -c 'cat fifo >copied'
expect_status 0 orphans ipctl pipe run --tee fifo -- head -c 8M in ::: sh -c 'cat >got'
wait "$bg"
cmp copied got
expect_output 'x
x' sh -c 'ipctl pipe run --tee /dev/stdout -- echo x ::: cat | cat'
expect_status 0 ipctl pipe run --tee /dev/null -- echo x ::: cat
