#!/bin/sh
# sysv-exactly-once [full]: four senders, four receivers of one type each, ipctl and C mixed: each message arrives once and in order
. "$(dirname "$0")/../cli/lib.sh"

count=8000
if [ "${1:-}" = full ]; then count=200000; fi
each=$((count / 4))
of_type=$((each / 4))

# numbers TYPE: of the messages of each sender, those of this type; sysv-mq-flood gives the types in turn.
numbers() {
    seq "$1" 4 "$each"
}

# A process of ipctl sends messages of one type: each of the two senders starts 40 of them, and changes the type with each.
send_in_turns() {
    sender=$1
    shift
    for tenth in 0 1 2 3 4 5 6 7 8 9; do
        for type in 1 2 3 4; do
            numbers $type | sed -n "$((tenth * of_type / 10 + 1)),$(((tenth + 1) * of_type / 10))s/^/$sender-/p" |
                "$@" -t $type "$id" || exit 1
        done
    done
}
send_lines() { ipctl sysv-mq send -l "$@"; }
send_null() { tr '\n' '\0' | ipctl sysv-mq send -0 "$@"; }

id=$(sysv-mq-make private 600)
senders=
receivers=
background sysv-mq-flood "$id" a "$each" 4
senders="$senders $bg"
background sysv-mq-flood "$id" b "$each" 4
senders="$senders $bg"
background send_in_turns c send_lines
senders="$senders $bg"
background send_in_turns d send_null
senders="$senders $bg"
background sysv-mq-drain "$id" 1 >got-1
receivers="$receivers $bg"
background sysv-mq-drain "$id" 2 >got-2
receivers="$receivers $bg"
background ipctl sysv-mq recv -t 3 -c "$each" "$id" >got-3
receivers="$receivers $bg"
background ipctl sysv-mq listen -t 4 -c "$each" "$id" >got-4
receivers="$receivers $bg"
for pid in $senders; do wait "$pid" || fail "a sender ended with status $?"; done
sysv-mq-send "$id" 1 end
sysv-mq-send "$id" 2 end
for pid in $receivers; do wait "$pid" || fail "a receiver ended with status $?"; done

echo "$count messages by 4 senders to 4 receivers: $(cat got-1 got-2 got-3 got-4 | wc -l) received"
for type in 1 2 3 4; do
    for sender in a b c d; do
        numbers $type | sed "s/^/$sender-/" >sent
        grep "^$sender-" got-$type >got || :
        diff sent got >difference || fail "of $sender, type $type, some are missing or not in order: $(head difference)"
    done
done
[ "$(cat got-1 got-2 got-3 got-4 | wc -l)" = "$count" ] || fail "messages that nobody sent"
expect_status 3 ipctl sysv-mq recv -n "$id"
sysv-rm msg "$id"
