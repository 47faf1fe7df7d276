#!/bin/sh
# zsh completes verbs, options, values, names, columns, files and commands
. "$(dirname "$0")/lib.sh"
. "$top/tests/helpers/completion.sh"

cat >"$tmp/.zshrc" <<EOF
fpath=($top/completions \$fpath)
autoload -Uz compinit
compinit -u -D
print "=ready="
EOF
export ZDOTDIR="$tmp"
common_lines
run_lines zsh -d -i
remove_objects
