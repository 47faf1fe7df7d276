#!/bin/sh
# pipe recv fd:N takes one line and no byte more: the next program, or the shell's read, gets the rest; in every shell, as any descriptor
# shellcheck disable=SC2016  # for other shells
. "$(dirname "$0")/lib.sh"

seq 20 >in
cat >script <<'END'
n=$1
eval "exec $n<\"\$2\""
ipctl pipe recv "fd:$n"
eval "read -r line <&$n"
echo "read $line"
eval "head -c 2 <&$n"
ipctl pipe recv -c 2 "fd:$n"
eval "ipctl pipe recv fd:0 <&$n"
eval "cat <&$n"
END
{
    echo 1
    echo 'read 2'
    tail -n +3 in
} >wanted
mkfifo fifo
for shell in sh bash dash zsh; do
    command -v $shell >/dev/null || continue
    for n in 3 4 5 6 7 8; do
        background sh -c 'exec cat in >fifo'
        $shell script $n fifo >got
        cmp wanted got || fail "$shell, descriptor $n"
        wait "$bg"
    done
    expect_output 'first
read second
third
fourth' $shell -c 'printf "%s\n" first second third fourth | { ipctl pipe recv fd:0; read -r x; echo "read $x"; cat; }'
    # A loop with a program of its own for each line.
    expect_output '1-2-3-' $shell -c 'seq 3 | while line=$(ipctl pipe recv -q fd:0); do printf "%s-" "$line"; done'
done
# Without a word on standard error.
printf 'a\nb\n' | expect_output a ipctl pipe recv fd:0
[ ! -s "$err" ] || fail_command "errors"
