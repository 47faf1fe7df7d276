#!/bin/sh
# create -J shows the FIFO as stat does
. "$(dirname "$0")/lib.sh"

ipctl fifo create -J -m 0640 fifo >created
python3 -c '
import json
[fifo] = json.load(open("created"))["objects"]
assert fifo["name"] == "fifo" and fifo["mode"] == "0640" and fifo["state"] == "linked", fifo
assert fifo["readers"] in ([], None) and fifo["holders"] == [], fifo
'
ipctl fifo create -J --if-missing fifo | grep -q '"mechanism":"fifo","name":"fifo"'
