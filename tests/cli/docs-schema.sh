#!/bin/sh
# what --json and __spec print fits the JSON schema that is shipped, and does not with a key less or more
. "$(dirname "$0")/lib.sh"

. "$top/tests/helpers/schema.sh"

ipctl mq create -J /q | fits objects strict
ipctl mq send -J /q text "$(printf '\377')" | fits sent strict
ipctl mq listen -J --notify -c 1 /q | fits message strict
background mq-hold /q r > /dev/null
wait_until sh -c 'ipctl mq stat -o usage --noheadings /q | grep -qx used'
ipctl mq ls -J | fits objects strict
ipctl mq stat -J /q -o name,mtime,holders | fits chosen
ipctl mq recv -J -a /q | fits message strict
if [ "$root" = yes ]; then as_nobody ipctl mq stat -J /q | fits objects strict; fi
name=$(printf '/\377')
ipctl mq send -J --create "$name" x | fits sent
ipctl mq ls -J | fits objects
ipctl mq recv -J "$name" | fits message
expect_status 4 ipctl mq rm -J /q /missing
fits removed strict < "$out"
ipctl mq rm -J "$name" | fits removed

ipctl shm create -J /m 4K | fits objects strict
ipctl shm send -J /m text | fits written strict
ipctl shm recv -J --length 8 /m | fits message strict
ipctl shm resize -J /m 8K | fits objects strict
ipctl shm copy -J /m /copy | fits copied strict
ipctl shm copy -J /m file | fits copied strict
background shm-hold /m both > held
wait_until test -s held
ipctl shm stat -J /m | fits objects strict
if [ "$root" = yes ]; then as_nobody ipctl shm stat -J /m | fits objects strict; fi
ipctl shm rm -J /m /copy | fits removed strict
ipctl shm ls -J --deleted | fits objects strict
kill "$bg"
ipctl shm create "$name" 1
ipctl shm send -J "$name" x | fits written
ipctl shm copy -J "$name" "${name}2" | fits copied
ipctl shm rm "${name}2"
ipctl shm recv -J "$name" | fits message
ipctl shm ls -J | fits objects
ipctl shm rm "$name"

ipctl sem create -J /s | fits objects strict
ipctl sem send -J -c 2 /s | fits sent strict
ipctl sem recv -J /s | fits message strict
ipctl sem listen -J -c 1 /s | fits message strict
ipctl sem stat -J -o value,usage /s | fits chosen
ipctl shm create /m 4K
ipctl sem init -J shm:/m+64 | fits objects strict
ipctl sem stat -J /s shm:/m+64 shm:/m | fits objects strict
mkdir /dev/shm/directory
mkfifo /dev/shm/fifo
ln -s file /dev/shm/link
ipctl shm ls -J | fits objects strict
ipctl shm ls -J -o name,kind,size | fits chosen
rm -r /dev/shm/directory /dev/shm/fifo /dev/shm/link
ipctl sem ls -J | fits objects strict
ipctl sem rm -J /s | fits removed strict
ipctl shm rm /m

mkfifo ready
background sh -c 'exec ipctl signal listen --print-pid --ready-fd 3 -J USR1 RTMIN CHLD > heard' 3<> ready
read -r _ < ready
head -n 1 heard | fits signal_pid strict
signal-send queue "$bg" 34 1 > sent
ipctl signal send -J "$bg" USR1 | fits signalled strict
ipctl signal send "$bg" CHLD --value 3
wait_until sh -c '[ "$(wc -l < heard)" = 4 ]'
tail -n 3 heard | fits signal_message strict
ipctl signal stat -J "$bg" $$ --signal TERM | fits objects strict
ipctl signal stat -J "$bg" -o name | fits chosen
ipctl signal send -J "$bg" KILL --wait | fits signalled strict
expect_status 4 ipctl signal send -J "$(cat /proc/sys/kernel/pid_max)" TERM
fits signalled strict < "$out"
ipctl signal ls -J --filter action=stop | fits objects strict
ipctl signal ls -J -o name,number --filter action=stop | fits chosen

pipe=$(ipctl pipe create)
ipctl pipe create -J > created
fits objects strict < created
ipctl pipe send -J "$pipe" text "$(printf '\377')" | fits sent strict
echo text | ipctl pipe send -J --stream "$pipe" | fits streamed strict
ipctl pipe recv -J "$pipe" | fits message strict
ipctl pipe listen -J -c 1 "$pipe" | fits message
ipctl pipe send -J --to "cat > sent # $(printf '\377')" x | fits sent
pipe=$(ipctl pipe create)
background ipctl pipe recv -w 100 "$pipe"
wait_until sh -c "ipctl pipe stat -J $pipe | grep -q '\"wants\":\"bytes'"
ipctl pipe stat -J "$pipe" | fits objects strict
ipctl pipe stat -J -o writers,blocked,bytes "$pipe" | fits chosen
ipctl pipe ls -q -J | fits objects
if [ "$root" = yes ]; then as_nobody ipctl pipe ls -q -J | fits objects; fi
ipctl pipe run --status=status -J -- echo a ::: sh -c "kill -9 \$\$" || :
fits pipeline strict < status
ipctl pipe run --status=status -J -- echo a ::: sh -c 'kill -9 $$' "$(printf '\377')" || :
fits pipeline < status
ipctl pipe run --status=status -J -- true ::: / 2> "$err" || :
[ ! -s status ] || fits pipeline < status
expect_status 4 ipctl pipe rm -J "$pipe" 4194304:3
fits removed strict < "$out"

ipctl sysv-mq create -J 0x2a | fits objects strict
ipctl sysv-mq send -J -t 3 0x2a text "$(printf '\377')" | fits sent strict
ipctl sysv-mq recv -J --peek -a 0x2a | fits message strict
ipctl sysv-mq listen -J -c 1 0x2a | fits message strict
ipctl sysv-mq ls -J | fits objects strict
ipctl sysv-mq stat -J -o stime,key,capacity 0x2a | fits chosen
ipctl sysv-mq set -J -m 0604 0x2a | fits objects strict
if [ "$root" = yes ]; then as_nobody ipctl sysv-mq stat -J 0x2a | fits objects strict; fi
background ipctl sysv-mq recv -t 9 0x2a
wait_until sh -c 'ipctl sysv-mq stat -J 0x2a | grep -q \"call\":\"msgrcv\"'
ipctl sysv-mq stat -J 0x2a | fits objects strict
expect_status 4 ipctl sysv-mq rm -J 0x2a 0x2b
fits removed strict < "$out"

ipctl sysv-shm create -J --size 4K 0x2a | fits objects strict
ipctl sysv-shm write -J 0x2a text | fits written strict
ipctl sysv-shm read -J --length 4 0x2a | fits message strict
ipctl sysv-shm set -J -m 0604 0x2a | fits objects strict
ipctl sysv-shm lock -J 0x2a | fits objects strict
ipctl sysv-shm stat -J -o key,dtime,size 0x2a | fits chosen
background ipctl sysv-shm run 0x2a -- sleep 60
wait_until sh -c 'ipctl sysv-shm stat -o usage --noheadings 0x2a | grep -qx used'
ipctl sysv-shm ls -J | fits objects strict
if [ "$root" = yes ]; then as_nobody ipctl sysv-shm stat -J 0x2a | fits objects strict; fi
ipctl sysv-shm rm -J 0x2a | fits removed strict
ipctl sysv-shm ls -J | fits objects strict
kill "$bg"

ipctl sysv-sem create -J 0x5eed --values 0,2 | fits objects strict
ipctl sysv-sem post -J -c 2 0x5eed | fits sent strict
ipctl sysv-sem wait -J 0x5eed | fits message strict
ipctl sysv-sem listen -J -c 1 0x5eed | fits message strict
ipctl sysv-sem set -J -m 0600 0x5eed | fits objects strict
ipctl sysv-sem stat -J -o semaphores,otime 0x5eed | fits chosen
background ipctl sysv-sem op 0x5eed 0:-1u 1:=0
wait_until sh -c 'ipctl sysv-sem stat -J 0x5eed | grep -q \"call\":\"semop\"'
ipctl sysv-sem stat -J 0x5eed | fits objects strict
if [ "$root" = yes ]; then as_nobody ipctl sysv-sem ls -J | fits objects strict; fi
ipctl sysv-sem rm -J 0x5eed | fits removed strict

ipctl fifo create -J fifo | fits objects strict
mkfifo "$(printf '\377')"
exec 3<> fifo
ipctl fifo send -J fifo text "$(printf '\377')" | fits sent strict
ipctl fifo recv -J -a fifo | fits message strict
printf text | ipctl fifo send --stream -J fifo | fits streamed strict
ipctl fifo recv -J --packet fifo | fits message
ipctl fifo stat -J fifo | fits objects strict
if [ "$root" = yes ]; then as_nobody ipctl fifo stat -J fifo | fits objects strict; fi
ipctl fifo ls -J . | fits objects
ipctl fifo ls -J -o state,mtime,inode . | fits chosen
exec 3>&-
expect_status 4 ipctl fifo rm -J fifo fifo "$(printf '\377')"
fits removed < "$out"

ipctl __spec | fits spec strict
all_fit
