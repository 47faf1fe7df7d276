#!/bin/sh
# fifo ls DIR: FIFOs in a directory, in use or not, each once, not below it unless -R; what cannot be read is an error or a note
. "$(dirname "$0")/lib.sh"

mkdir -p top/inner/deep elsewhere
mkfifo top/b top/a top/inner/c top/inner/deep/d elsewhere/used
: >top/file
ln -s ../elsewhere top/link
ln -s ../elsewhere/used top/fifo-link
exec 3<>top/b 4<>elsewhere/used
names() { ipctl fifo ls -q --noheadings -o name "$@" --filter "name=$tmp/*"; }
expect_output "$tmp/elsewhere/used
$tmp/top/b" names
expect_output "$tmp/elsewhere/used
$tmp/top/a
$tmp/top/b" names top
expect_output "$tmp/elsewhere/used
$tmp/top/a
$tmp/top/b
$tmp/top/inner/c
$tmp/top/inner/deep/d" names -R top
expect_output "$tmp/top/a
$tmp/top/b" ipctl fifo ls -q --noheadings -o name ./top/ top/inner/.. --filter "name=$tmp/top/*"
# Asked for by a link, it is that directory.
expect_output "$tmp/elsewhere/used" ipctl fifo ls -q --noheadings -o name top/link --filter "name=$tmp/elsewhere/*"
expect_status 0 ipctl fifo ls -q --noheadings --raw -o name,writers --filter "name=$tmp/top/?" top
grep -q "^$tmp/top/a -\$" "$out"
grep -q "^$tmp/top/b [^-]*$$" "$out"

expect_status 4 ipctl fifo ls missing
expect_error 'missing: '
expect_status 1 ipctl fifo ls top/file
expect_error 'top/file: is a regular file: ls takes directories'
expect_status 1 ipctl fifo ls top/a
expect_error 'top/a: is a FIFO: ls takes directories'
expect_status 2 ipctl fifo ls -R
if [ "$root" = yes ]; then
    chmod 700 top/inner
    expect_status 0 as_nobody ipctl fifo ls -R top
    expect_error 'directories that may not be read: 1'
    grep -q "$tmp/top/a" "$out"
    expect_status 1 as_nobody ipctl fifo ls top/inner
    expect_error 'top/inner: permission to read this directory denied'
fi
exec 3<&- 4<&-
