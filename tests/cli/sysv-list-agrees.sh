#!/bin/sh
# 200 random System V objects of all kinds, made by C and Perl: ls and stat agree with ipcs, lsipc and the kernel's tables on all columns.
. "$(dirname "$0")/lib.sh"

perl -MIPC::SharedMem -e 1 2>/dev/null || skip "Perl lacks IPC::SysV"
# Keys, modes, owners, messages sent and received, attachments, removals of what is attached, operations; it holds what it attached.
cat >fill.pl <<'PL'
use strict; use warnings; use IPC::SysV qw(:all); use IPC::Msg; use IPC::Semaphore; use IPC::SharedMem;
my ($seed, $root) = @ARGV;
srand $seed;
my %used;
sub key { my $key; return 0 if rand() < .25; do { $key = 1 + int(rand(2**32 - 2)) } while $used{$key}++; $key }
sub signed { unpack 'l', pack 'L', $_[0] }
sub made { my $id = qx(@_); die "@_" if $?; $id + 0 }
sub owner { $root eq 'yes' ? (uid => (0, 1, 2, 65534, 4242)[rand 5], gid => (0, 1, 3, 65534, 4343)[rand 5]) : () }
my @held;
for my $number (1 .. 200) {
    my ($kind, $key, $in_c) = ($number % 3, key(), rand() < .5);
    my $name = $key ? sprintf('0x%x', $key) : 'private';
    my $create = IPC_CREAT | IPC_EXCL | 0600;
    if ($kind == 0) {
        my $id = $in_c ? made("sysv-mq-make $name 600") : msgget(signed($key), $create) // die $!;
        my $q = bless \$id, 'IPC::Msg';
        if (rand() < .8) { $q->snd(1 + int(rand(9)), 'x' x int(rand(500)), IPC_NOWAIT) for 1 .. rand(9) }
        if ($q->stat->qnum && rand() < .5) { $q->rcv(my $gone, 9999, 0, IPC_NOWAIT) for 1 .. 1 + rand($q->stat->qnum) }
        $q->set(mode => int(rand(512)), qbytes => 1 + int(rand(16384)), owner()) // die $! if rand() < .8;
    } elsif ($kind == 1) {
        my $size = 1 + int(rand() < .5 ? rand(100000) : rand(50));
        my $id = $in_c ? made("sysv-shm-make $name $size 600") : shmget(signed($key), $size, $create) // die $!;
        for (1 .. (0, 0, 1, 2, 5)[rand 5]) {
            my $at = shmat($id, undef, rand() < .5 ? SHM_RDONLY : 0) // die $!;
            rand() < .3 ? shmdt($at) : push @held, $at;
        }
        shmwrite($id, 'text' x 3, 0, 12) if $size > 12 && rand() < .3;
        my $stat = (bless { _id => $id }, 'IPC::SharedMem')->stat;
        if (rand() < .8) {
            my %change = (owner(), mode => int(rand(512)));
            print "set $id $change{mode} ", join(' ', $change{uid} // '-', $change{gid} // '-'), "\n";
        }
        shmctl($id, IPC_RMID, 0) if $stat->nattch && rand() < .3;
    } else {
        my $count = 1 + int(rand(9));
        my $id = $in_c ? made("sysv-sem-make $name $count 600") : semget(signed($key), $count, $create) // die $!;
        my $set = bless \$id, 'IPC::Semaphore';
        $set->setall(map { int(rand(32768)) } 1 .. $count) if rand() < .7;
        $set->op(int(rand($count)), 0, IPC_NOWAIT) if rand() < .2;
        for (1 .. rand(4)) { my $n = int(rand($count)); $set->op($n, $set->getval($n) > 100 ? -7 : 3, IPC_NOWAIT) }
        made("sysv-sem-op $id 0:+1; echo 0") if $set->getval(0) < 100;
        $set->set(mode => int(rand(512)), owner()) // die $! if rand() < .8;
    }
}
$| = 1;
print "ready\n";
sleep 1000;
PL
background perl fill.pl "${1:-42}" "$root" >filled
wait_until grep -q ready filled
# What IPC::SharedMem cannot set, with the system call itself.
python3 - <<'PY'
import ctypes, os, struct
libc = ctypes.CDLL(None, use_errno=True)
for line in open("filled"):
    if not line.startswith("set "): continue
    id, mode, uid, gid = line.split()[1:]
    ds = ctypes.create_string_buffer(256)
    assert libc.shmctl(int(id), 2, ds) == 0, id  # IPC_STAT
    # struct ipc_perm: key, uid, gid, cuid, cgid, mode
    if uid != "-": struct.pack_into("II", ds, 4, int(uid), int(gid))
    struct.pack_into("I", ds, 20, int(mode))
    assert libc.shmctl(int(id), 1, ds) == 0, id  # IPC_SET
PY
cat >compare.py <<'PY'
import datetime, grp, json, pwd, re, stat, subprocess
def run(*command): return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
def user(n):
    try: return pwd.getpwuid(int(n)).pw_name
    except KeyError: return n
def group(n):
    try: return grp.getgrgid(int(n)).gr_name
    except KeyError: return n
checked = 0
def same(what, id, **pairs):
    global checked
    for name, (own, other) in pairs.items():
        checked += 1
        assert own == other, f"{what} {id}: {name}: ipctl says {own!r}, not {other!r}"
def second(own): return own and own[:19]
iso = lambda text: (text or None) and text[:19]
unix = lambda text: None if text == "0" else datetime.datetime.fromtimestamp(int(text), datetime.timezone.utc).isoformat()[:19]
DATE = r"Not set|[A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d"
def brief(own):
    when = own and datetime.datetime.fromisoformat(own[:19])
    return when and f"{when:%b} {when.day} {when:%H:%M:%S}"
def spoken(text): return None if text == "Not set" else re.sub(" +0?(?=[0-9]+ )", " ", text, 1)
def rows(option, *more):
    lines = run("ipcs", option, *more).splitlines()
    return [line for line in lines if re.match(r"(0x[0-9a-f]{8} )?\d", line)]
KINDS = {
    "mq": dict(proc="msg", opt="-q", key="messages", cols="USEDBYTES,MSGS,SEND,RECV,LSPID,LRPID"),
    "shm": dict(proc="shm", opt="-m", key="sharedmemory", cols="SIZE,NATTCH,STATUS,ATTACH,DETACH,CPID,LPID"),
    "sem": dict(proc="sem", opt="-s", key="semaphores", cols="NSEMS,OTIME")}
total = 0
for kind, k in KINDS.items():
    own = json.loads(run("ipctl", "sysv-" + kind, "ls", "-q", "-J"))["objects"]
    total += len(own)
    stats = json.loads(run("ipctl", "sysv-" + kind, "stat", "-q", "-J", *[str(o["id"]) for o in own]))["objects"]
    assert own == stats, f"{kind}: ls and stat differ"
    by_id = {o["id"]: o for o in own}
    # The kernel's table.
    head, *table = [line.split() for line in open("/proc/sysvipc/" + k["proc"])]
    assert len(table) == len(own), (kind, len(table), len(own))
    same(kind, "table", order=([o["id"] for o in own], [int(row[1]) for row in table]))
    for row in table:
        row = dict(zip(head, row))
        id = int(row[head[1]])
        o = by_id[id]
        same(kind, id, key=(int(o["key"], 16), int(row["key"]) & 0xffffffff), mode=(int(o["mode"], 8), int(row["perms"], 8) & 0o777),
             owner=(o["owner"], user(row["uid"])), group=(o["group"], group(row["gid"])), creator=(o["creator"], user(row["cuid"])),
             creator_group=(o["creator_group"], group(row["cgid"])), ctime=(second(o["ctime"]), unix(row["ctime"])),
             ctime_ns=(o["ctime_ns"], int(row["ctime"]) * 10**9))
        if kind == "mq": same(kind, id, bytes=(o["bytes"], int(row["cbytes"])), messages=(o["messages"], int(row["qnum"])),
            lspid=(o["lspid"], int(row["lspid"])), lrpid=(o["lrpid"], int(row["lrpid"])), stime=(second(o["stime"]), unix(row["stime"])),
            rtime=(second(o["rtime"]), unix(row["rtime"])))
        if kind == "shm": same(kind, id, size=(o["size"], int(row["size"])), attached=(o["attached"], int(row["nattch"])),
            rss=(o["rss"], int(row["rss"])), swap=(o["swap"], int(row["swap"])), cpid=(o["cpid"], int(row["cpid"])),
            lpid=(o["lpid"], int(row["lpid"])), atime=(second(o["atime"]), unix(row["atime"])),
            dtime=(second(o["dtime"]), unix(row["dtime"])), state=(o["state"] == "removed", int(row["perms"], 8) & 0o1000 != 0),
            usage=(o["usage"], "used" if row["nattch"] != "0" else "unused"))
        if kind == "sem": same(kind, id, nsems=(o["nsems"], int(row["nsems"])), otime=(second(o["otime"]), unix(row["otime"])))
    # lsipc, which has no name for an owner that has none.
    listed = json.loads(run("lsipc", k["opt"], "-J", "-b", "--time-format=iso", "-o",
        "KEY,ID,OWNER,PERMS,CUID,CUSER,CGID,CGROUP,UID,USER,GID,GROUP,CTIME," + k["cols"]))[k["key"]]
    assert len(listed) == len(own)
    for row in listed:
        id = int(row["id"])
        o = by_id[id]
        same("lsipc " + kind, id, key=(o["key"], row["key"]), owner=(o["owner"], row["owner"]), user=(o["owner"], row["user"] or row["uid"]),
             uid=(o["owner"], user(row["uid"])), group=(o["group"], row["group"] or row["gid"]), gid=(o["group"], group(row["gid"])),
             cuser=(o["creator"], row["cuser"] or row["cuid"]), cuid=(o["creator"], user(row["cuid"])), cgroup=(o["creator_group"], row["cgroup"] or row["cgid"]),
             cgid=(o["creator_group"], group(row["cgid"])), perms=(stat.filemode(int(o["mode"], 8))[1:], row["perms"]),
             ctime=(second(o["ctime"]), iso(row["ctime"])))
        if kind == "mq": same("lsipc mq", id, bytes=(o["bytes"], int(row["usedbytes"])), messages=(o["messages"], int(row["msgs"])),
            lspid=(o["lspid"], int(row["lspid"])), lrpid=(o["lrpid"], int(row["lrpid"])), stime=(second(o["stime"]), iso(row["send"])),
            rtime=(second(o["rtime"]), iso(row["recv"])))
        if kind == "shm": same("lsipc shm", id, size=(o["size"], int(row["size"])), attached=(o["attached"], int(row["nattch"])),
            state=(o["state"], {"dest": "removed", None: "live", "": "live"}[row["status"]]), atime=(second(o["atime"]), iso(row["attach"])),
            dtime=(second(o["dtime"]), iso(row["detach"])), cpid=(o["cpid"], int(row["cpid"])), lpid=(o["lpid"], int(row["lpid"])))
        if kind == "sem": same("lsipc sem", id, nsems=(o["nsems"], int(row["nsems"])), otime=(second(o["otime"]), iso(row["otime"])))
    # ipcs: the list, -c, -t, -p, -l.
    octal = lambda o: o["mode"].lstrip("0") or "0"
    wanted = {"mq": lambda o: [o["bytes"], o["messages"]], "shm": lambda o: [o["size"], o["attached"]], "sem": lambda o: [o["nsems"]]}[kind]
    for o, line in zip(own, rows(k["opt"]), strict=True):
        words = line.split()
        mine = [o["key"], str(o["id"]), o["owner"][:10], octal(o), *map(str, wanted(o))]
        same("ipcs " + kind, o["id"], row=(mine, words[:len(mine)]))
        if kind == "shm": same("ipcs shm", o["id"], state=(o["state"] == "removed", "dest" in words[len(mine):]))
    for o, line in zip(own, rows(k["opt"], "-c"), strict=True):
        mine = [str(o["id"]), octal(o), o["creator"][:10], o["creator_group"][:10], o["owner"][:10], o["group"][:10]]
        same(f"ipcs {kind} -c", o["id"], row=(mine, line.split()))
    times = {"mq": ["stime", "rtime", "ctime"], "shm": ["atime", "dtime", "ctime"], "sem": ["otime", "ctime"]}[kind]
    for o, line in zip(own, rows(k["opt"], "-t"), strict=True):
        same(f"ipcs {kind} -t", o["id"], number=(str(o["id"]), line.split()[0]),
             times=([brief(o[t]) for t in times], [spoken(t) for t in re.findall(DATE, line)]))
    if kind != "sem":
        pids = ["lspid", "lrpid"] if kind == "mq" else ["cpid", "lpid"]
        for o, line in zip(own, rows(k["opt"], "-p"), strict=True):
            same(f"ipcs {kind} -p", o["id"], row=([str(o["id"]), o["owner"][:10], *[str(o[p]) for p in pids]], line.split()))
    # What only -i tells.
    for o in own[::4]:
        text = run("ipcs", k["opt"], "-i", str(o["id"]))
        said = dict(re.findall(r"(\w+)=(\S+)", text))
        same(f"ipcs {kind} -i", o["id"], owner=(o["owner"], user(said["uid"])), creator_group=(o["creator_group"], group(said["cgid"])))
        if kind == "mq": same("ipcs mq -i", o["id"], capacity=(o["capacity"], int(said["qbytes"])))
        if kind == "sem":
            cells = [list(map(int, line.split())) for line in text.splitlines() if re.fullmatch(r"(\d+\s+){4}\d+\s*", line)]
            # 0: nobody yet, or nobody whom one sees here; in a set that was operated on, ipctl says unknown.
            if o["otime"]: assert all(s["last_pid"] != 0 for s in o["semaphores"]), o
            else: assert all(s["last_pid"] is not None for s in o["semaphores"]), o
            mine = [[s[key] or 0 for key in ("number", "value", "waiting", "waiting_zero", "last_pid")] for s in o["semaphores"]]
            same("ipcs sem -i", o["id"], cells=(mine, cells))
assert total == 200, total
print(checked, "comparisons")
PY
expect_status 0 python3 compare.py
grep -q ' comparisons$' "$out" || fail "prints $(cat "$out")"
kill "$bg"
wait "$bg" || :
for kind in mq shm sem; do ipctl sysv-$kind ls -q --noheadings -o id | xargs ipctl sysv-$kind rm -q; done
