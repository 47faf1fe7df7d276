#!/bin/sh
# sem names in JSON: text as it is, others readable with their exact bytes in name_base64, in every verb that prints JSON.
. "$(dirname "$0")/lib.sh"

name=$(printf '/\377\033"\\q\n\200z')
ipctl sem create -J "$name" >create.json
ipctl sem post -J "$name" >post.json
ipctl sem stat -J "$name" >stat.json
ipctl sem ls -J >ls.json
ipctl sem wait -J "$name" >wait.json
ipctl sem rm -J "$name" >rm.json
python3 - <<'PY'
import base64, json
raw = b'/\xff\x1b"\\q\n\x80z'
for verb in "create", "post", "stat", "ls", "wait", "rm":
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
ipctl sem create /ü
expect_output '{"schema":1,"objects":[{"mechanism":"sem","name":"/ü"}]}' ipctl sem ls -J -o name
ipctl sem rm /ü
