#!/bin/sh
# shm names in JSON: text as it is, others readable with their exact bytes in name_base64, in every verb that prints JSON.
. "$(dirname "$0")/lib.sh"

name=$(printf '/\377\033"\\q\n\200z')
ipctl shm create -J "$name" 10 >create.json
ipctl shm send -J "$name" x >send.json
ipctl shm stat -J "$name" >stat.json
ipctl shm ls -J >ls.json
ipctl shm recv -J "$name" >recv.json
ipctl shm resize -J "$name" 12 >resize.json
ipctl shm copy -J "$name" /copied >copy.json
ipctl shm rm -J "$name" /copied >rm.json
ipctl shm rm -J "$name" >rm-error.json 2>/dev/null && fail "removed twice"
python3 - <<'PY'
import base64, json
raw = b'/\xff\x1b"\\q\n\x80z'
for verb in "create", "send", "stat", "ls", "recv", "resize", "copy", "rm":
    text = open(verb + ".json", "rb").read()
    assert text.decode("ascii").count("\n") == 1 and text.endswith(b"\n"), text
    answer = json.loads(text)
    thing = answer["objects"][0] if "objects" in answer else answer
    if verb == "rm":
        assert len(answer["removed"]) == 2 and "\\xff" in json.dumps(answer["removed"]), answer
        continue
    assert base64.b64decode(thing["name_base64"]) == raw, (verb, thing)
    assert "\\xff" in thing["name"], (verb, thing)
PY
ipctl shm create /ü 10
expect_output '{"schema":1,"objects":[{"mechanism":"shm","name":"/ü"}]}' ipctl shm ls -J -o name
ipctl shm copy -J /ü /é >copy.json
python3 -c 'import json
answer = json.load(open("copy.json"))
assert answer == {"mechanism": "shm", "name": "/ü", "to": "/é", "copied": 10}, answer'
ipctl shm rm /ü /é
