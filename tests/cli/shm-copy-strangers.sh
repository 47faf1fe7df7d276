#!/bin/sh
# shm copy never puts its copy in the place of a device, a FIFO, a directory, a link or a semaphore, not with --force either.
. "$(dirname "$0")/lib.sh"

ipctl shm create /here 10
sem-make /guarded 1
mkdir /dev/shm/directory directory
mkfifo /dev/shm/fifo fifo
echo kept >target
ln -s target link
ln -s target /dev/shm/link
strangers='fifo directory link /fifo /directory /link'
if mknod null c 1 3 2>/dev/null; then strangers="$strangers null"; fi
cat >all <<'END'
find . /dev/shm -name 'f*' -o -name 'd*' -o -name link -o -name 'sem.*' -o -name null | sort | xargs stat -c '%n %i %F'
END
before=$(sh all)
for name in $strangers; do
    expect_status 5 ipctl shm copy /here $name
    expect_status 1 ipctl shm copy --force /here $name
    expect_error "$name: is "
    expect_error 'not replaced'
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
done
expect_output "$before" sh all
expect_output kept cat target
expect_status 2 ipctl shm copy --force /here /sem.guarded
expect_error semaphore
expect_output 1 sem-op /guarded value
# Neither is what is no memory copied.
expect_status 1 ipctl shm copy /directory ./new
expect_error '/directory: is a directory'
expect_status 1 ipctl shm copy /fifo ./new
expect_status 1 ipctl shm copy /link ./new
[ ! -e new ] || fail "made a file"
rm -r /dev/shm/*
