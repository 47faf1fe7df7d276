#!/bin/sh
# sysv-mq ls agrees with ipcs -q and lsipc -q on every column they share, for random queues with messages, owners, modes, sizes.
. "$(dirname "$0")/lib.sh"

cat >fill.pl <<'PL'
use IPC::SysV qw(IPC_CREAT IPC_PRIVATE IPC_STAT IPC_SET); use IPC::Msg;
srand shift; my $root = shift eq 'yes';
for (1 .. 30) {
    my $q = IPC::Msg->new(rand() < .3 ? IPC_PRIVATE : int(rand(2**32)) - 2**31, IPC_CREAT | int(rand(512)) | 0600) or die $!;
    $q->set(mode => int(rand(512)), qbytes => 1 + int(rand(16384)), $root ? (uid => int(rand(3)), gid => int(rand(4))) : ()) or die $!;
    $q->snd(1 + int(rand(9)), 'x' x int(rand(500)), 2048) for 1 .. rand(6);
    if (rand() < .5) { $q->rcv(my $gone, 9999, 0, 2048) }
}
PL
perl fill.pl 42 "$root" || skip "Perl lacks IPC::Msg"
python3 - <<'PY'
import json, stat, subprocess
run = lambda *command: subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
own = json.loads(run("ipctl", "sysv-mq", "ls", "-q", "-J"))["objects"]
other = {row["id"]: row for row in json.loads(run("lsipc", "-q", "-J", "-b", "--time-format=iso", "-o",
    "KEY,ID,OWNER,PERMS,CUSER,CGROUP,USER,GROUP,CTIME,USEDBYTES,MSGS,SEND,RECV,LSPID,LRPID"))["messages"]}
assert len(own) == len(other) == 30, (len(own), len(other))
day = lambda iso: iso and iso[:19]
for queue in own:
    row = other[str(queue["id"])]
    pairs = [(queue["key"], row["key"]), (queue["owner"], row["owner"]), (queue["owner"], row["user"]),
             (queue["group"], row["group"]), (queue["creator"], row["cuser"]), (queue["creator_group"], row["cgroup"]),
             (stat.filemode(int(queue["mode"], 8))[1:], row["perms"]), (queue["bytes"], int(row["usedbytes"])),
             (queue["messages"], int(row["msgs"])), (queue["lspid"], int(row["lspid"])), (queue["lrpid"], int(row["lrpid"])),
             (day(queue["ctime"]), day(row["ctime"])), (day(queue["stime"]), day(row["send"])),
             (day(queue["rtime"]), day(row["recv"]))]
    for number, (mine, theirs) in enumerate(pairs):
        assert mine == theirs, (number, mine, theirs, queue, row)
    said = dict(word.split("=") for word in run("ipcs", "-q", "-i", str(queue["id"])).split() if word.count("=") == 1)
    assert [queue[key] for key in ("bytes", "capacity", "messages", "lspid", "lrpid")] == \
        [int(said[key]) for key in ("cbytes", "qbytes", "qnum", "lspid", "lrpid")], (queue, said)
table = [line.split() for line in run("ipcs", "-q").splitlines() if line.startswith("0x")]
assert [[q["key"], str(q["id"]), q["owner"][:10], q["mode"].lstrip("0") or "0", str(q["bytes"]), str(q["messages"])] for q in own] == table
PY
ipctl sysv-mq ls --noheadings -o id | xargs ipctl sysv-mq rm
expect_output '' sh -c 'ipcs -q | grep 0x || :'
