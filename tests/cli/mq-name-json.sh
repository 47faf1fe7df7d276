#!/bin/sh
# mq names in JSON: text as it is, others readable with their exact bytes in name_base64, in every verb that prints JSON.
. "$(dirname "$0")/lib.sh"

name=$(printf '/\377\033"\\q\n\200z')
ipctl mq create -J "$name" >create.json
ipctl mq send -J "$name" x >send.json
ipctl mq stat -J "$name" >stat.json
ipctl mq ls -J >ls.json
ipctl mq recv -J "$name" >recv.json
ipctl mq rm -J "$name" >rm.json
ipctl mq rm -J "$name" >rm-error.json 2>/dev/null && fail "removed twice"
python3 - <<'PY'
import base64, json
raw = b'/\xff\x1b"\\q\n\x80z'
for verb in "create", "send", "stat", "ls", "recv", "rm":
    text = open(verb + ".json", "rb").read()
    assert text.decode("ascii").count("\n") == 1 and text.endswith(b"\n"), text
    answer = json.loads(text)
    thing = answer["objects"][0] if "objects" in answer else answer
    if verb == "rm":
        assert len(answer["removed"]) == 1 and "\\xff" in json.dumps(answer["removed"]), answer
        continue
    assert base64.b64decode(thing["name_base64"]) == raw, (verb, thing)
    assert "\\xff" in thing["name"], (verb, thing)
PY
ipctl mq create --message-size 1K /ü
expect_output '{"schema":1,"objects":[{"mechanism":"mq","name":"/ü"}]}' ipctl mq ls -J -o name
ipctl mq rm /ü
