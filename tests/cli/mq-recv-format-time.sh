#!/bin/sh
# mq recv -F %I, %U and %j: the time of receipt in UTC, in seconds with nanoseconds, and in JSON agree with the clock.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 3 text
before=$(date +%s.%N)
TZ=Asia/Tokyo ipctl mq recv -F '%I %U %j' /q >got
after=$(date +%s.%N)
python3 - "$before" "$after" <<'PY'
import datetime, json, re, sys
from decimal import Decimal
iso, epoch, text = open("got").read().split(" ", 2)
assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z", iso), iso
assert re.fullmatch(r"\d+\.\d{9}", epoch), epoch
assert Decimal(sys.argv[1]) <= Decimal(epoch) <= Decimal(sys.argv[2]), epoch
message = json.loads(text)
assert message["time"] == iso and Decimal(message["time_ns"]) == Decimal(epoch) * 10**9, message
seconds = datetime.datetime.strptime(iso[:19] + "+0000", "%Y-%m-%dT%H:%M:%S%z").timestamp()
assert int(seconds) == int(Decimal(epoch)) and iso[20:29] == epoch[-9:], (iso, epoch)
PY
ipctl mq rm /q
