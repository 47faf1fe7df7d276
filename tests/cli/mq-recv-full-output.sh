#!/bin/sh
# mq recv to a full disk: status 1 with the reason, and the message is back in the queue at its priority.
. "$(dirname "$0")/lib.sh"

ipctl mq create --max-messages 4 --message-size 8K /q
for options in '' '-a' '-J' '-c 2' '--length-prefix' '--journal journal' '-F %s'; do
    mq-send /q 5 precious
    mq-send /q 1 behind
    for verb in recv listen; do
        # A listen has no -a.
        [ "$verb$options" != listen-a ] || continue
        # shellcheck disable=SC2086  # words
        expect_status 1 sh -c 'exec "$@" >/dev/full' sh ipctl mq $verb $options /q
        expect_error 'standard output'
        expect_error 'No space left'
        expect_error 'back to /q'
    done
    expect_output '5 8 precious
1 6 behind' mq-recv -n /q 2
    expect_status 3 mq-recv -n /q
done

# A message longer than what is left goes back too, although a part of it was written.
mkdir small
mount -t tmpfs -o size=4k small small 2>/dev/null || skip "cannot mount a small file system"
head -c 8000 /dev/urandom >big
mq-send /q 3 <big
expect_status 1 sh -c 'exec ipctl mq recv -N /q >small/file'
expect_error 'back to /q'
mq-recv -r -n /q | cmp - big
umount small
ipctl mq rm /q
