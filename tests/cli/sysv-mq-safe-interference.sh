#!/bin/sh
# sysv-mq listen --safe beside another receiver: who took the message is told as an error, status 1, and no other message is lost for it.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
cat >work <<'S'
#!/bin/sh
cat >>got
sysv-mq-recv "$1" 0 1 nowait >>stolen
S
chmod +x work
# Nothing left, another message left of the same type, of another type, and an equal one.
for rest in '' '5 second third' '6 other' '5 first'; do
    rm -f got stolen
    sysv-mq-send "$id" 5 first
    # shellcheck disable=SC2086  # words
    [ -z "$rest" ] || sysv-mq-send "$id" $rest
    status=0
    ipctl sysv-mq listen --safe -c 1 0x2a -- ./work "$id" 2>errors || status=$?
    expect_output '5 first' cat stolen
    expect_output first cat got
    case $rest in
    '5 first')
        # Which of two equal messages it was nobody can tell.
        [ $status = 0 ] || fail "equal messages: status $status"
        expect_status 3 sysv-mq-recv "$id" 0 nowait
        continue
        ;;
    esac
    [ $status = 1 ] || fail "'$rest': status $status"
    grep -q '0x2a: another process received the message' errors || fail "'$rest': $(cat errors)"
    left=$(sysv-mq-stat "$id" | cut -d' ' -f1)
    [ "$left" = "$(echo "$rest" | awk '{ print NF ? NF - 1 : 0 }')" ] || fail "'$rest': $left messages left"
    [ "$left" = 0 ] || sysv-mq-recv "$id" 0 "$left" nowait | cut -d' ' -f2 | sort | xargs >left
    [ "$left" = 0 ] || expect_output "${rest#* }" cat left
done
ipctl sysv-mq rm 0x2a
