#!/bin/sh
# sysv-sem wait and listen end when their reader leaves, and take nothing for nobody; what was read stays taken.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 2)
value() { sysv-sem-get "$id" | cut -d ' ' -f 1; }
mkfifo pipe
for command in "wait -c 3 -F %c $id" "listen $id" "listen -w 60 -F %n $id" "wait -w 60 -c 3 -J $id"; do
    ipctl sysv-sem set "$id" --value 2
    background env --default-signal sh -c "exec ipctl sysv-sem $command >pipe 2>errors"
    exec 4<pipe
    case $command in
    listen*)
        read -r _ <&4
        read -r _ <&4
        expect_output 0 value
        ;;
    esac
    wait_until sh -c "sysv-sem-get $id | grep -q ' 1 0 '"
    exec 4<&-
    status=0
    wait "$bg" || status=$?
    [ $status = 141 ] || fail "$command: status $status: $(cat errors)"
    [ ! -s errors ] || fail "$command: says $(cat errors)"
    ipctl sysv-sem post -c 5 "$id"
    case $command in
    listen*) expect_output 5 value ;;
    *) expect_output 7 value ;;
    esac
done
ipctl sysv-sem rm "$id"
