#!/bin/sh
# fifo-kill [full]: readers and writers of a FIFO are killed at random. A killed reader loses at most the message in hand, and none with
# --journal; a killed writer none that it was told is sent, and no line of another is mixed with what it leaves.
. "$(dirname "$0")/../cli/lib.sh"
. "$(dirname "$0")/kill-lib"

kills=10
if [ "${1:-}" = full ]; then kills=200; fi

start_flood() {
    background fifo-hold fifo rw >held
    holder=$bg
    wait_until test -s held
    background fifo-flood fifo m >sent
    flood=$bg
    : >got
    : >kills
}

end_flood() {
    kill -TERM "$flood"
    wait "$flood"
}

mkfifo fifo
start_flood
kill_often $kills got ipctl fifo recv -c 100000000 fifo
# shellcheck disable=SC2016  # for the inner shell
kill_often $kills alive ipctl fifo listen fifo -- sh -c 'read -r body; echo "$body" >>"$0"' "$tmp/got"
end_flood
ipctl fifo recv -a fifo >>got || [ $? = 3 ]
account plain
kill "$holder"
wait "$holder" || :

start_flood
kill_often $kills got ipctl fifo recv -c 100000000 --journal journal --replay fifo
# shellcheck disable=SC2016  # for the inner shell
kill_often $kills alive ipctl fifo listen --journal journal --replay fifo -- \
    sh -c 'read -r body; echo "$body" >>"$0"' "$tmp/got"
end_flood
ipctl fifo recv -a --journal journal --replay fifo >>got || [ $? = 3 ]
account journal
kill "$holder"
wait "$holder" || :

# Writers: each tells how many lines it has written, in memory that outlives it, or has the status of ipctl.
cat >tell.sh <<'END_OF_SCRIPT'
number=0
while number=$((number + 1)); do
    ipctl fifo send fifo "$1-$number" && echo "$number" >>"told-$1"
done
END_OF_SCRIPT
background ipctl fifo listen fifo >got
reader=$bg
wait_until sh -c 'ipctl fifo send -n fifo </dev/null'
round=0
while [ "$round" -lt "$kills" ]; do
    round=$((round + 1))
    seq -f "c$round-%.0f" 200000 >lines-c$round
    background fifo-lines fifo lines-c$round told-c$round
    c=$bg
    background ipctl fifo send fifo <lines-c$round
    i=$bg
    background sh tell.sh t$round
    t=$bg
    sleep "0.$(shuf -i 10-39 -n 1)"
    for pid in $(shuf -e "$c" "$i" "$t"); do kill -KILL "$pid" 2>/dev/null || :; done
    wait "$c" "$i" "$t" || :
done
ipctl fifo send --drain -w 60 fifo last
wait_until grep -qx last got
kill -TERM "$reader"
wait "$reader" || :
cat >check.py <<'END_OF_SCRIPT'
import collections, glob, re, struct, sys
counts = collections.Counter()
for line in open("got"):
    if not re.fullmatch(r"[ct]\d+-\d+\n|last\n", line): sys.exit(f"mixed: {line!r}")
    counts[line.strip()] += 1
told = 0
for path in glob.glob("told-c*"):
    name, [written] = path[5:], struct.unpack("l", open(path, "rb").read())
    # The same lines come from ipctl too: as many as it was given time for.
    missing = [number for number in range(1, written + 1) if counts[f"{name}-{number}"] < 1]
    if missing: sys.exit(f"{name}: {len(missing)} of {written} are missing: {missing[:5]}")
    told += written
for path in glob.glob("told-t*"):
    name = path[5:]
    for number in open(path).read().split():
        if counts[f"{name}-{number}"] != 1: sys.exit(f"{name}-{number}: {counts[f'{name}-{number}']} times")
        told += 1
if max(counts.values()) > 2 or any(n > 1 for line, n in counts.items() if line[0] == "t"): sys.exit("lines that came twice")
print(f"{sys.argv[1]} writers of each kind killed; {told} lines that were told to be sent, none missing, none mixed")
END_OF_SCRIPT
python3 check.py "$round" || fail 'see above'
ipctl fifo rm fifo
