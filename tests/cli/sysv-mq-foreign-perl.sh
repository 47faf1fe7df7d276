#!/bin/sh
# sysv-mq and Perl (IPC::Msg): send, receive, look and remove in both directions; both see the same numbers.
. "$(dirname "$0")/lib.sh"

peer() { "$top/tests/helpers/sysv.pl" "$@"; }
id=$(ipctl sysv-mq create 0x2a -m 0640 --bytes 1000)
status=0
peer stat msg 0x2a >seen || status=$?
[ $status != 77 ] || skip "Perl lacks IPC::Msg"
[ $status = 0 ] || fail "cannot look: status $status"
ipctl sysv-mq send -t 7 0x2a one 'two words'
expect_output '7 one
7 two words' peer mq-recv 0x2a 7 2
peer mq-send "$id" 5 five 'ä b' tail
peer mq-send 0x2a 6 six
expect_output '5 five
5 ä b
5 tail
6 six' ipctl sysv-mq recv -a -F '%p %s' 0x2a
peer mq-send 0x2a 8 left
peer stat msg "$id" >seen
ipctl sysv-mq stat -q -J 0x2a >own
python3 - <<'PY'
import grp, json, pwd
peer = dict(line.split() for line in open("seen"))
(own,) = json.load(open("own"))["objects"]
seconds = lambda name: (own[name + "_ns"] or 0) // 10**9
assert pwd.getpwnam(own["owner"]).pw_uid == int(peer["uid"]) and grp.getgrnam(own["group"]).gr_gid == int(peer["gid"])
assert pwd.getpwnam(own["creator"]).pw_uid == int(peer["cuid"])
assert grp.getgrnam(own["creator_group"]).gr_gid == int(peer["cgid"])
assert int(own["mode"], 8) == int(peer["mode"], 8) & 0o777 == 0o640
assert own["messages"] == int(peer["qnum"]) == 1 and own["capacity"] == int(peer["qbytes"]) == 1000
for name in "lspid", "lrpid":
    assert own[name] == int(peer[name]) > 0, (name, own, peer)
for name in "stime", "rtime", "ctime":
    assert seconds(name) == int(peer[name]) > 0, (name, own, peer)
PY
peer remove msg "$id"
expect_status 4 ipctl sysv-mq stat 0x2a
id=$(sysv-mq-make 0x2b 600)
expect_output '' ipctl sysv-mq rm 0x2b
expect_status 1 peer stat msg 0x2b
