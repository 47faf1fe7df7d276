# docs-schema.py SCHEMA KIND [strict]: whether the JSON on standard input is what the schema calls KIND; strict: and nothing else is.
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
