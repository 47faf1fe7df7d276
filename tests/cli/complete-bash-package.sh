#!/bin/sh
# bash completes through the package bash-completion: loaded when first wanted, commands after "--", below another command
. "$(dirname "$0")/lib.sh"
. "$top/tests/helpers/completion.sh"

package=/usr/share/bash-completion/bash_completion
if [ ! -e "$package" ]; then skip "bash-completion is not installed"; fi
mkdir -p "$tmp/.share/bash-completion/completions"
ln -s "$top/completions/ipctl.bash" "$tmp/.share/bash-completion/completions/ipctl"
cat >"$tmp/.bashrc" <<EOF
export XDG_DATA_HOME=$tmp/.share
. $package
echo "=ready="
EOF
common_lines
mq-make '/k|<in>~#' 1 1
line 'ipctl mq listen /jobs -- dd of=zeb<TAB>' mq listen /jobs -- dd of=zebra.txt
line 'nice ipctl mq cr<TAB>' mq create
line 'nice ipctl mq rm /k<TAB>' mq rm '/k|<in>~#'
line "nice ipctl mq rm '/k<TAB>" mq rm '/k|<in>~#'
run_lines bash --noprofile --rcfile "$tmp/.bashrc" -i
remove_objects
