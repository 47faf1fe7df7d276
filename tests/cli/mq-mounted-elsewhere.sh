#!/bin/sh
# mq ls without root finds a mqueue file system wherever it is mounted, in directories with odd names too.
# no-mqueue
. "$(dirname "$0")/lib.sh"

[ "$root" = yes ] || skip "needs another user than root"
mq-make /q 3 10 0644
for directory in plain 'two words' 'back\slash' "$(printf 'new\nline')"; do
    mkdir "$directory"
    mount -t mqueue mqueue "$directory" || skip "cannot mount"
    expect_output '/q 0' as_nobody ipctl mq ls --raw --noheadings -o name,messages
    umount "$directory"
    expect_status 1 as_nobody ipctl mq ls
done
ipctl mq rm /q
