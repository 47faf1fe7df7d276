#!/bin/sh
# send: each argument is a line, empty ones too; other programs read them
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background fifo-read fifo >got
ipctl fifo send fifo one '' 'two words' "$(printf 'b\377\001')"
wait "$bg"
printf 'one\n\ntwo words\nb\377\001\n' >wanted
cmp got wanted
for shell in bash dash zsh; do
    if ! command -v $shell >/dev/null; then continue; fi
    background $shell -c 'read -r line <fifo; echo "$line" >got'
    ipctl fifo send fifo "to $shell"
    wait "$bg"
    [ "$(cat got)" = "to $shell" ] || fail "$shell got $(cat got)"
done
