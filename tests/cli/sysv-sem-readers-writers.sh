#!/bin/sh
# readers and writers: readers together, a writer alone; SEM_UNDO ends both parts, even of one that is killed
. "$(dirname "$0")/lib.sh"
readers=0 writer=1
set=$(ipctl sysv-sem create private 2)
echo 0 0 >data
cat >read-it <<'END'
read -r a b <data
[ "$a" = "$b" ] || exit 1
echo read >>log
END
cat >write-it <<'END'
read -r a b <data
[ "$a" = "$b" ] || exit 1
echo $((a + 1)) half >data
echo $((a + 1)) $((b + 1)) >data
echo wrote >>log
kill -9 $$
END
read_often() {
    for _ in 1 2 3 4 5 6; do
        ipctl sysv-sem op "$set" -w 30 $writer:=0 $readers:+1u -- sh ./read-it || return 1
    done
}
write_often() {
    for _ in 1 2 3 4; do
        status=0
        ipctl sysv-sem op "$set" -w 30 $readers:=0 $writer:=0 $writer:+1u -- sh ./write-it || status=$?
        [ $status -eq 137 ] || return 1
    done
}
pids=
for _ in 1 2 3; do
    read_often &
    pids="$pids $!"
done
for _ in 1 2; do
    write_often &
    pids="$pids $!"
done
for pid in $pids; do wait "$pid" || fail "one saw a half, or waited in vain: $(cat data)"; done
expect_output '8 8' cat data
[ "$(grep -c read log)" -eq 18 ] || fail "$(cat log)"
expect_status 0 ipctl sysv-sem op -n "$set" $readers:=0 $writer:=0
ipctl sysv-sem rm "$set"
