#!/bin/sh
# two readers: ipctl never shows a message that is cut, and tells when another took a part of one
. "$(dirname "$0")/lib.sh"

mkfifo fifo
exec 3>&-
tries=0
disturbed=0
while [ $tries -lt 30 ] && [ $disturbed = 0 ]; do
    tries=$((tries + 1))
    background ipctl fifo listen --until-end fifo >got 2>errors
    reader=$bg
    background fifo-read fifo >other
    thief=$bg
    fifo-write fifo 1000 500 x
    status=0
    wait "$reader" || status=$?
    wait "$thief" || :
    if grep -vxq "x\{999\}" got; then fail "a line is cut: $(grep -nvx 'x\{999\}' got | cut -c 1-80)"; fi
    case $status in
    0) ;;
    1)
        disturbed=1
        grep -q 'another process reads from it too, and took a part of this message' errors || fail "$(cat errors)"
        ;;
    *) fail "status $status: $(cat errors)" ;;
    esac
done
[ $disturbed = 1 ] || skip 'the two never met'
saved=0
file=$(sed -n 's/.*end did not come; they are in //p' errors)
if [ -n "$file" ]; then saved=$(wc -c <"$file"); fi
echo "seen after $tries tries; $saved bytes are saved"
