#!/bin/sh
# mq listen --notify -- CMD: CMD runs for each arrival, with the sender in its environment; -J tells it too.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
cat >work <<'S'
#!/bin/sh
echo "$IPCTL_MECHANISM $IPCTL_NAME $IPCTL_SEQ $IPCTL_SENDER_PID $IPCTL_SENDER_UID $(cat)" >>got
mq-recv /q >>got
S
chmod +x work
background ipctl mq listen --notify -c 2 /q -- ./work
for i in 1 2; do
    wait_until grep -q "NOTIFY_PID:$bg" /dev/mqueue/q
    sh -c "echo \$\$ >sender; exec mq-send /q 0 m$i"
    wait_until grep -q "m$i" got
    grep -q "^mq /q $i $(cat sender) $(id -u) 1$" got || fail "no sender $(cat sender): $(cat got)"
done
wait "$bg" || fail "status $?"

background sh -c 'exec ipctl mq listen --notify -c 1 -J /q >json'
wait_until grep -q "NOTIFY_PID:$bg" /dev/mqueue/q
sh -c 'echo $$ >sender; exec mq-send /q 0 x'
wait "$bg"
python3 -c 'import json, os
report = json.load(open("json"))
assert report["name"] == "/q" and report["data"] == "1" and report["priority"] is None, report
assert report["sender_pid"] == int(open("sender").read()) and report["sender_uid"] == os.getuid(), report'
mq-recv /q >/dev/null
ipctl mq rm /q
