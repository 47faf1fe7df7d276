#!/bin/sh
# Every verb that prints says so when standard output is full or closed: status 1, never 0; SIGPIPE for a pipe without reader.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
for command in 'mq ls' 'mq ls -J' 'mq stat /q' 'mq stat -J /q' 'mq ls --raw' '--version' '--help' 'mq --help' 'mq send --help' \
    'help mq recv' '__spec' 'mq send -J /q x' 'mq create -J --if-missing /q' 'mq rm -J --force /none'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 sh -c 'exec "$@" >/dev/full' sh ipctl $command
    expect_error 'standard output'
    expect_error 'No space left'
    # shellcheck disable=SC2086  # words
    expect_status 141 python3 -c 'import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
status = subprocess.run(sys.argv[1:], stdout=writer).returncode
sys.exit(128 - status if status < 0 else status)' ipctl $command
done
mq-recv -n /q 9 >/dev/null || :
ipctl mq rm /q
