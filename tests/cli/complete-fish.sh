#!/bin/sh
# fish completes verbs, options, values, names, columns, files and commands
. "$(dirname "$0")/lib.sh"
. "$top/tests/helpers/completion.sh"

common_lines
run_lines fish --no-config -i -C "set -g fish_complete_path $top/completions; set -g fish_greeting; echo '=ready='"
expect_output "$(printf 'create\tmake a queue')" fish --no-config -c "
    set fish_complete_path $top/completions
    complete -C 'ipctl mq cr'"
remove_objects
