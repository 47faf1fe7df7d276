#!/bin/sh
# bash completes names with special characters to exactly that name, and runs nothing
. "$(dirname "$0")/lib.sh"
. "$top/tests/helpers/completion.sh"

cat >"$tmp/.bashrc" <<EOF
. $top/completions/ipctl.bash
echo "=ready="
EOF
forms="$forms \$'%s"
awkward_names "$no_text" "/v$(printf '\302\233')" "/y$(printf 'new\nline')" "/z$(printf 'ta\tb')"
# In these quotes a backslash is itself.
# shellcheck disable=SC1003  # a backslash
line "ipctl mq rm '/g\\ba<TAB>" mq rm '/g\back\\slash\'
run_lines bash --noprofile --rcfile "$tmp/.bashrc" -i
remove_objects
