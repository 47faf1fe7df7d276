#!/bin/sh
# fish completes verbs, options, values, names, columns, files and commands
. "$(dirname "$0")/lib.sh"
. "$top/tests/helpers/completion.sh"

common_lines
run_lines fish --no-config -i -C "set -g fish_complete_path $top/completions; set -g fish_greeting; echo '=ready='"
remove_queues
