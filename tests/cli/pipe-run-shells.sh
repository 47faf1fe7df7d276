#!/bin/sh
# pipe run between sh, bash, dash and zsh, as parts and as callers: arguments are not parsed again, and the status is the shell's own
# shellcheck disable=SC2016  # for other shells
. "$(dirname "$0")/lib.sh"

for shell in bash dash zsh; do
    command -v $shell >/dev/null || skip "no $shell"
done
for caller in sh bash dash zsh; do
    for part in sh bash dash zsh; do
        expect_output 'A ":::x" $HOME  B' $caller -c "ipctl pipe run -- printf '%s' 'a \":::x\" \$HOME  b' ::: $part -c 'read -r line || :; printf \"%s\\n\" \"\$line\"' ::: tr ab AB"
        expect_status 7 $caller -c "ipctl pipe run -- $part -c 'exit 5' ::: $part -c 'cat; exit 7'"
        # A part that the pipe's end ends: as in the shell's own.
        expect_status 141 $caller -c "ipctl pipe run --pipefail -- yes ::: $part -c 'read -r line; exit 0'"
        expect_status 143 $caller -c "ipctl pipe run -- $part -c 'kill -TERM \$\$'; exit \$?"
    done
    # Inside of a pipeline of the shell, and in the background.
    expect_output 3 $caller -c 'seq 5 | ipctl pipe run -- head -n 3 ::: tail -n 1 | cat'
    expect_output 3 $caller -c 'seq 5 >in; ipctl pipe run -- head -n 3 ::: tail -n 1 <in & wait $!'
done
# ":::" as an argument needs another separator.
expect_output '::: x' ipctl pipe run --separator '|' -- echo ::: x '|' cat
