#!/bin/sh
# a reader that left ends ipctl quietly by SIGPIPE, even where our parent ignored that signal
# no-mqueue
. "$(dirname "$0")/lib.sh"

for restore in True False; do
    for words in --help __spec 'mq send --help'; do
        # shellcheck disable=SC2086  # words
        expect_output -13 python3 - $restore $words <<'END'
import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
print(subprocess.run(["ipctl", *sys.argv[2:]], stdout=writer, restore_signals=sys.argv[1] == "True").returncode)
END
        [ ! -s "$err" ] || fail_command "says something"
    done
done
