#!/bin/sh
# what --json and __spec print fits the JSON schema that is shipped, and does not with a key less or more
. "$(dirname "$0")/lib.sh"

python3 -c 'import jsonschema' || skip "python3-jsonschema is missing"
cat > fits.py <<'END'
import json, jsonschema, sys

# Copies of a value that have, somewhere in it, one key less or more.
def spoiled(value):
    if isinstance(value, dict):
        yield {**value, "more": 1}
        for key in value:
            yield {other: value[other] for other in value if other != key}
            yield from ({**value, key: each} for each in spoiled(value[key]))
    if isinstance(value, list):
        for i, item in enumerate(value[:2]):
            yield from (value[:i] + [each] + value[i + 1:] for each in spoiled(item))

kind = sys.argv[2]
with open(sys.argv[1]) as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator({**schema, "anyOf": [{"$ref": "#/$defs/" + kind}]})
text = sys.stdin.read()
documents = [json.loads(text)] if kind == "spec" else [json.loads(line) for line in text.splitlines()]
for document in documents:
    for error in validator.iter_errors(document):
        sys.exit(f"not {kind}: {document}: {error.message}")
    for wrong in spoiled(document) if "strict" in sys.argv else []:
        if validator.is_valid(wrong):
            sys.exit(f"taken for {kind}: {wrong}")
sys.exit(not documents)
END
fits() {
    python3 fits.py "$top/src/cli/ipctl.schema.json" "$@" || fail "$*"
}

ipctl mq create -J /q | fits objects strict
ipctl mq send -J /q text "$(printf '\377')" | fits sent strict
ipctl mq listen -J --notify -c 1 /q | fits message strict
background mq-hold /q r > /dev/null
wait_until sh -c 'ipctl mq stat -o usage --noheadings /q | grep -qx used'
ipctl mq ls -J | fits objects strict
ipctl mq stat -J /q -o name,mtime,holders | fits chosen
ipctl mq recv -J -a /q | fits message strict
if [ "$root" = yes ]; then as_nobody ipctl mq stat -J /q | fits objects strict; fi
name=$(printf '/\377')
ipctl mq send -J --create "$name" x | fits sent
ipctl mq ls -J | fits objects
ipctl mq recv -J "$name" | fits message
expect_status 4 ipctl mq rm -J /q /missing
fits removed strict < "$out"
ipctl mq rm -J "$name" | fits removed

ipctl shm create -J /m 4K | fits objects strict
ipctl shm send -J /m text | fits written strict
ipctl shm recv -J --length 8 /m | fits message strict
ipctl shm resize -J /m 8K | fits objects strict
ipctl shm copy -J /m /copy | fits copied strict
ipctl shm copy -J /m file | fits copied strict
background shm-hold /m both > held
wait_until test -s held
ipctl shm stat -J /m | fits objects strict
if [ "$root" = yes ]; then as_nobody ipctl shm stat -J /m | fits objects strict; fi
ipctl shm rm -J /m /copy | fits removed strict
ipctl shm ls -J --deleted | fits objects strict
kill "$bg"
ipctl shm create "$name" 1
ipctl shm send -J "$name" x | fits written
ipctl shm copy -J "$name" "${name}2" | fits copied
ipctl shm rm "${name}2"
ipctl shm recv -J "$name" | fits message
ipctl shm ls -J | fits objects
ipctl shm rm "$name"

ipctl sem create -J /s | fits objects strict
ipctl sem send -J -c 2 /s | fits sent strict
ipctl sem recv -J /s | fits message strict
ipctl sem listen -J -c 1 /s | fits message strict
ipctl sem stat -J -o value,usage /s | fits chosen
ipctl shm create /m 4K
ipctl sem init -J shm:/m+64 | fits objects strict
ipctl sem stat -J /s shm:/m+64 shm:/m | fits objects strict
mkdir /dev/shm/directory
mkfifo /dev/shm/fifo
ln -s file /dev/shm/link
ipctl shm ls -J | fits objects strict
ipctl shm ls -J -o name,kind,size | fits chosen
rm -r /dev/shm/directory /dev/shm/fifo /dev/shm/link
ipctl sem ls -J | fits objects strict
ipctl sem rm -J /s | fits removed strict
ipctl shm rm /m
ipctl __spec | fits spec strict
