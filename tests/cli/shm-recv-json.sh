#!/bin/sh
# shm read -J: one line with all bytes, as text where they are UTF-8, else in base64; parts and empty ones too.
. "$(dirname "$0")/lib.sh"

python3 -c 'import sys; sys.stdout.buffer.write(bytes(range(256)) * 300)' >data
ipctl shm create /here -f data
ipctl shm create /text 20
shm-put /text 0 'zwölf "€" \'
ipctl shm read -J /here >here.json
ipctl shm read -J --length 15 /text >text.json
ipctl shm read -J --offset 3 --length 0 /text >empty.json
ipctl shm read -J --offset 250 --length 10 /here >part.json
python3 - <<'PY'
import base64, json, time
def data(name):
    text = open(name + ".json", "rb").read()
    assert text.count(b"\n") == 1 and text.endswith(b"\n"), text
    answer = json.loads(text)
    assert answer["mechanism"] == "shm" and answer["seq"] == 1, answer
    assert answer["name"] == ("/text" if name in ("text", "empty") else "/here"), answer
    assert abs(answer["time_ns"] / 1e9 - time.time()) < 100, answer
    bytes = answer["data"].encode() if answer["encoding"] == "utf-8" else base64.b64decode(answer["data"])
    assert len(bytes) == answer["length"], answer
    return bytes, answer["encoding"]
here = open("data", "rb").read()
assert data("here") == (here, "base64")
assert data("part") == (here[250:260], "base64")
assert data("text") == ('zwölf "€" \\'.encode() + b"\0", "utf-8"), data("text")
assert data("empty") == (b"", "utf-8")
PY
ipctl shm rm /here /text
