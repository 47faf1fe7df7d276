#!/bin/sh
# sysv-mq recv also gets a message longer than kernel.msgmax, lowered after it was sent; --peek and --safe, which cannot, say why: it is there.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-mq create)
head -c 5000 /dev/urandom >data
for _ in 1 2; do sysv-mq-send "$id" 3 <data; done
echo 100 2>/dev/null >/proc/sys/kernel/msgmax || { ipctl sysv-mq rm "$id"; skip "kernel.msgmax cannot be changed here"; }
# MSG_COPY copies no more than kernel.msgmax, and fails with EINVAL, as for a queue that does not exist.
for options in --peek '--peek -t 3' --safe '--peek=1' '--safe -n'; do
    # shellcheck disable=SC2086  # words
    expect_status 1 ipctl sysv-mq recv $options "$id"
    expect_error 'kernel.msgmax'
    ! grep -q 'no such queue' "$err" || fail "the queue is there: $(cat "$err")"
    [ ! -s "$out" ] || fail "prints something"
done
for options in '' '--truncate --journal j'; do
    # shellcheck disable=SC2086  # words
    ipctl sysv-mq recv -N $options "$id" >got
    cmp data got
done
expect_status 3 sysv-mq-recv "$id" 0 nowait
expect_status 1 ipctl sysv-mq send -f data "$id"
expect_error 'kernel.msgmax'
expect_error '100'
expect_output '' ipctl sysv-mq send "$id" "$(printf %100s x)"
expect_output 100 ipctl sysv-mq recv -F %l "$id"
# Raised while one waits: nothing is lost.
background sh -c "exec ipctl sysv-mq recv -N $id >got"
wait_until sh -c "ipctl sysv-mq stat -q --noheadings -o blocked $id | grep -q msgrcv"
echo 8192 >/proc/sys/kernel/msgmax
sysv-mq-send "$id" 3 <data
status=0
wait "$bg" || status=$?
case $status in
0) cmp data got ;;
*) sysv-mq-recv "$id" 0 raw nowait | cmp - data ;;
esac
ipctl sysv-mq rm "$id"
