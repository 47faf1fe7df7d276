#!/bin/sh
# sysv-mq listen -j N -- CMD: up to N at once, no more, each with its own message and type; -t selects; every message exactly once.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
mkdir running
cat >work <<'S'
#!/bin/sh
message=$(cat)
touch "running/$message"
until [ -e "go-$message" ]; do sleep 0.02; done
rm "running/$message"
echo "$message $IPCTL_TYPE"
S
chmod +x work
for pair in 4:a 3:b 9:other 2:c 1:d; do sysv-mq-send "$id" ${pair%:*} ${pair#*:}; done
background sh -c 'exec ipctl sysv-mq listen -c 4 -j 3 -t -4 0x2a -- ./work >got'
wait_until test -e running/d -a -e running/c -a -e running/b
[ ! -e running/a ] || fail "four at once"
expect_output '2 6' sh -c "sysv-mq-stat $id | cut -d' ' -f1,2"
touch go-c
wait_until test -e running/a
touch go-a go-b go-d
wait "$bg" || fail "status $?"
expect_output 'a 4
b 3
c 2
d 1' sort got
expect_output '9 other' sysv-mq-recv "$id" 0 nowait
background sysv-mq-flood "$id" m 200 5
expect_status 0 ipctl sysv-mq listen -j 8 -c 200 0x2a -- sh -c 'echo "$(cat) $IPCTL_TYPE" >>all'
seq 200 | awk '{ print "m-" $1, ($1 - 1) % 5 + 1 }' | sort >wanted
sort all | cmp - wanted
expect_status 2 ipctl sysv-mq listen --safe -j 2 0x2a -- true
expect_error --jobs
ipctl sysv-mq rm "$id"
