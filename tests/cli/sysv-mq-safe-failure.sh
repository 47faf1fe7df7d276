#!/bin/sh
# sysv-mq listen --safe -- CMD that fails: the message stays at its place (stop), goes behind all others (requeue), is taken (drop) or saved to a file (save:DIR).
. "$(dirname "$0")/lib.sh"

id=$(sysv-mq-make 0x2a 600)
cat >work <<'S'
#!/bin/sh
read -r body || :
echo "$body" >>tries
[ "$body" != bad ] || [ "$(wc -l <tries)" -gt "$1" ]
S
chmod +x work
fill() { rm -f tries; sysv-mq-send "$id" 7 bad; sysv-mq-send "$id" 6 good; }
for options in '' '--on-failure stop'; do
    fill
    # shellcheck disable=SC2086  # words
    expect_status 123 ipctl sysv-mq listen --safe $options 0x2a -- ./work 9
    expect_error 'status 1'
    expect_error 'was not taken from'
    expect_output bad cat tries
    expect_output '7 bad
6 good' sysv-mq-recv "$id" 0 2 nowait
done
fill
expect_status 123 ipctl sysv-mq listen --safe -n --on-failure drop 0x2a -- ./work 9
expect_error 'dropped'
expect_output 'bad good' sh -c 'xargs <tries'
expect_status 3 sysv-mq-recv "$id" 0 nowait
fill
expect_status 123 ipctl sysv-mq listen --safe -c 3 --on-failure requeue 0x2a -- ./work 2
expect_output 'bad good bad' sh -c 'xargs <tries'
expect_status 3 sysv-mq-recv "$id" 0 nowait
fill
expect_status 123 ipctl sysv-mq listen --safe -c 2 --on-failure save:saved 0x2a -- ./work 9
expect_output bad sh -c "cat saved/sysv-mq-$id-t7-*"
expect_status 3 sysv-mq-recv "$id" 0 nowait
# It cannot be saved: then it stays.
fill
touch file
expect_status 123 ipctl sysv-mq listen --safe --on-failure save:file/x 0x2a -- ./work 9
expect_output '7 bad
6 good' sysv-mq-recv "$id" 0 2 nowait
ipctl sysv-mq rm "$id"
