#!/bin/sh
# fish completes names with special characters to exactly that name, and runs nothing
. "$(dirname "$0")/lib.sh"
. "$top/tests/helpers/completion.sh"

awkward_names
mq-make "$no_text" 1 1
line 'ipctl mq rm /u<TAB>' mq rm "$no_text"
run_lines fish --no-config -i -C "set -g fish_complete_path $top/completions; set -g fish_greeting; echo '=ready='"
remove_objects
