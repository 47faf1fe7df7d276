#!/bin/sh
# bash completes verbs, options, values, names, columns, files and commands, without the package bash-completion
. "$(dirname "$0")/lib.sh"
. "$top/tests/helpers/completion.sh"

cat >"$tmp/.bashrc" <<EOF
. $top/completions/ipctl.bash
echo "=ready="
EOF
common_lines
run_lines bash --noprofile --rcfile "$tmp/.bashrc" -i
remove_objects
