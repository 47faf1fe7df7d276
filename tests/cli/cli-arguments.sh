#!/bin/sh
# options in every spelling, before and after operands; values and operands arrive byte for byte
. "$(dirname "$0")/lib.sh"

ipctl mq create /q
sent() {
    wanted=$1
    shift
    expect_status 0 ipctl mq send "$@"
    expect_output "$wanted" mq-recv /q
}
for words in '-p5 /q x' '-p 5 /q x' '--priority 5 /q x' '--priority=5 /q x' '/q -p5 x' '/q x --priority 5' '-np5 /q x' \
    '/q -p 4 x -p 5' '-qnp 5 -- /q x'; do
    # shellcheck disable=SC2086  # words
    sent '5 1 x' $words
done
sent '0 2 -x' /q -- -x
sent '0 2 --' -- /q --
sent '0 1 -' /q -
sent '0 0 ' /q ''
sent '0 6 --help' /q -- --help
bytes=$(printf 'a\377\n\033 {}[b,c]=%%')
sent "0 14 $bytes" /q "$bytes"
long=$(head -c 8192 /dev/zero | tr '\0' x)
sent "0 8192 $long" /q "$long"

# Values that look like options or are empty.
printf 'one--two' >file
expect_status 0 sh -c 'ipctl mq send /q -d -- <file'
expect_output 'one-x
two-x' sh -c "ipctl mq recv -a /q -d '-x
'"
expect_status 0 ipctl mq send /q x
expect_output '' ipctl mq recv -F '' /q
ipctl mq rm /q
