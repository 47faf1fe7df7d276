#!/bin/sh
# sysv-mq send: type 1 unless -t says another, from 1 to the largest long; 0 and negative ones are usage errors before anything is sent.
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 600)
ipctl sysv-mq send "$id" a
ipctl sysv-mq send "$id" -t 9223372036854775807 b
ipctl sysv-mq send --type=2 "$id" c d
printf 'e\nf\n' | ipctl sysv-mq send -l -t 3 "$id"
expect_output '1 a
9223372036854775807 b
2 c
2 d
3 e
3 f' sysv-mq-recv "$id" 0 6
for wrong in 0 -1 -9223372036854775808 9223372036854775808 x '' 1.5 0x10; do
    expect_status 2 ipctl sysv-mq send --type="$wrong" "$id" text
    expect_error type
    expect_status 2 ipctl sysv-mq send -t "$wrong" "$id" text
done
expect_status 2 ipctl sysv-mq send -p 3 "$id" text
expect_output '0 0' sh -c "sysv-mq-stat $id | cut -d' ' -f1,2"
ipctl sysv-mq rm 0x2a
