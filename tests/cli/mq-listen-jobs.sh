#!/bin/sh
# mq listen -j N: up to N commands at once, no more, each with its own message; -c counts them all.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mkdir running
cat >work <<'S'
#!/bin/sh
# Waits until the test lets it go.
message=$(cat)
touch "running/$message"
until [ -e "go-$message" ]; do sleep 0.02; done
rm "running/$message"
echo "$message $IPCTL_SEQ"
S
chmod +x work
mq-send /q 0 a b c d
background sh -c 'exec ipctl mq listen -c 4 -j 3 /q -- ./work >got'
wait_until test -e running/a -a -e running/b -a -e running/c
[ ! -e running/d ] || fail "four at once"
grep -q '^QSIZE:1 ' /dev/mqueue/q || fail "took a message that no command was free for"
# The one in the middle ends first: its place is free.
touch go-b
wait_until test -e running/d
[ ! -e running/b ] || fail "b still runs"
touch go-a go-c go-d
wait "$bg" || fail "status $?"
expect_output 'a 1
b 2
c 3
d 4' sort got
[ "$(head -1 got)" = 'b 2' ] || fail "b did not end first: $(cat got)"

for wrong in 0 -1 x 513 ''; do
    expect_status 2 ipctl mq listen --jobs="$wrong" /q -- true
    expect_error --jobs
done
ipctl mq rm /q
