#!/bin/sh
# --lock: long messages of several writers, and the short ones of others, each arrive whole
. "$(dirname "$0")/lib.sh"

mkfifo fifo
background ipctl fifo listen --until-end --max-size 1M fifo >got
reader=$bg
exec 3>fifo
senders=
for byte in a b c; do
    background sh -c "for i in 1 2 3 4; do head -c 200000 /dev/zero | tr '\\0' $byte; echo; done | ipctl fifo send --lock fifo"
    senders="$senders $bg"
done
background sh -c 'yes short | head -n 500 | ipctl fifo send fifo'
senders="$senders $bg"
for pid in $senders; do wait "$pid" || fail "a sender: status $?"; done
exec 3>&-
wait "$reader"
{
    for byte in a b c; do echo "4 $byte 200000"; done
    echo '500 short 5'
} >wanted
awk '{ print (length($0) > 10 ? substr($0, 1, 1) : $0), length($0); if (length($0) > 10 && $0 !~ /^(a+|b+|c+)$/) print "mixed" }' got |
    sort | uniq -c | awk '{ print $1, $2, $3 }' >summary
diff wanted summary || fail "lines are mixed or missing"
