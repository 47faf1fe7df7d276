#!/bin/sh
# shm stat shows every column by default, one a line, a block for each object; ls those that fit a line.
. "$(dirname "$0")/lib.sh"

shm-make /a 10
shm-make /b 20
all='NAME KIND STATE OWNER GROUP MODE SIZE USED ATIME MTIME CTIME INODE HOLDERS USAGE'
expect_output "$all" sh -c "ipctl shm stat /a | awk '{ print \$1 }' | xargs"
expect_output "$all $all" sh -c "ipctl shm stat /a /b | awk '{ print \$1 }' | xargs"
expect_output '1' sh -c 'ipctl shm stat /a /b | grep -c "^$"'
expect_output "$all" sh -c 'ipctl shm stat --raw /b | head -1'
expect_output 'NAME KIND OWNER MODE SIZE USED' sh -c 'ipctl shm ls | head -1 | xargs'
expect_output '/a /b' sh -c 'ipctl shm ls --noheadings | cut -d" " -f1 | xargs'
# In JSON, the same names.
expect_output "$(echo "$all" | tr 'A-Z ' 'a-z\n' | sort)" sh -c 'ipctl shm stat -J /a | python3 -c "import json, sys
print(*sorted(k for k in json.load(sys.stdin)[\"objects\"][0] if k != \"mechanism\" and not k.endswith(\"_ns\")), sep=\"\n\")"'
background shm-hold /a open unlink >ready
wait_until test -s ready
expect_output 'NAME KIND OWNER MODE SIZE USED HOLDERS' sh -c 'ipctl shm ls --deleted | head -1 | xargs'
expect_output "/a shm $(id -un) 0600 10 0 $bg shm-hold (rw)" sh -c 'ipctl shm ls --deleted -b --noheadings | xargs'
kill "$bg"
wait "$bg" || :
ipctl shm rm /b
expect_status 0 ipctl shm ls
[ "$(wc -l <"$out")" -le 1 ] || fail "no object, but: $(cat "$out")"
for options in '' --deleted; do
    # shellcheck disable=SC2086  # words
    expect_output '{"schema":1,"objects":[]}' ipctl shm ls -J $options
    # shellcheck disable=SC2086  # words
    expect_output '' ipctl shm ls --noheadings $options
done
