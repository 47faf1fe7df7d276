#!/bin/sh
# sysv-mq listen --safe -- CMD: the message is still in the queue while CMD runs, and is taken when CMD succeeded; its place is the first.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create 0x2a)
mkfifo go
cat >work <<'S'
#!/bin/sh
body=$(cat)
touch "has-$body"
read -r _ <go
echo "$IPCTL_TYPE $body $(sysv-mq-stat "$1" | cut -d' ' -f1)"
S
chmod +x work
sysv-mq-send "$id" 5 a b
sysv-mq-send "$id" 2 c
background sh -c "exec ipctl sysv-mq listen --safe -c 3 0x2a -- ./work $id >got"
left=3
for body in a b c; do
    wait_until test -e has-$body
    [ "$(sysv-mq-stat "$id" | cut -d' ' -f1)" = $left ] || fail "$body is not in the queue while its command runs"
    expect_output "$(case $body in c) echo 2 ;; *) echo 5 ;; esac) $body" sysv-mq-recv "$id" 0 copy
    left=$((left - 1))
    echo >go
done
wait "$bg" || fail "status $?"
expect_output '5 a 3
5 b 2
2 c 1' cat got
expect_status 3 sysv-mq-recv "$id" 0 nowait
# recv delivers to standard output first as well.
sysv-mq-send "$id" 4 x y
expect_output x ipctl sysv-mq recv --safe "$id"
expect_status 1 sh -c "exec ipctl sysv-mq recv --safe $id >/dev/full"
expect_output '4 y' sysv-mq-recv "$id" 0 nowait
ipctl sysv-mq rm "$id"
