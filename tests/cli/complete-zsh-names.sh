#!/bin/sh
# zsh completes names with special characters to exactly that name, and runs nothing
. "$(dirname "$0")/lib.sh"
. "$top/tests/helpers/completion.sh"

cat >"$tmp/.zshrc" <<EOF
fpath=($top/completions \$fpath)
autoload -Uz compinit
compinit -u -D
print "=ready="
EOF
export ZDOTDIR="$tmp"
awkward_names "/y$(printf 'new\nline')" "/z$(printf 'ta\tb')"
mq-make "$no_text" 1 1
line 'ipctl mq rm /u<TAB>' mq rm "$no_text"
# In these quotes a backslash is itself.
# shellcheck disable=SC1003  # a backslash
line "ipctl mq rm '/g\\ba<TAB>" mq rm '/g\back\\slash\'
line "ipctl mq rm '/d'\\''sin<TAB>" mq rm "/d'single'"
run_lines zsh -d -i
remove_objects
