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
ipctl __spec | fits spec strict
