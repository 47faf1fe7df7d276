# docs-schema.py SCHEMA DIRECTORY: whether the JSON in each file KIND.loose.* or KIND.strict.* is what the schema calls KIND; strict:
# and nothing else is.
import json, jsonschema, os, sys

# Copies of a value that have, somewhere in it, one key less or more.
def spoiled(value):
    if isinstance(value, dict):
        yield {**value, "more": 1}
        for key in value:
            yield {other: value[other] for other in value if other != key}
            yield from ({**value, key: each} for each in spoiled(value[key]))
    if isinstance(value, list):
        for i, item in enumerate(value):
            yield from (value[:i] + [each] + value[i + 1:] for each in spoiled(item))

# Of each list two items: the rest is like them.
def shortened(value):
    if isinstance(value, dict):
        return {key: shortened(value[key]) for key in value}
    return [shortened(item) for item in value[:2]] if isinstance(value, list) else value

def check(kind, strict, text):
    validator = jsonschema.Draft202012Validator({**schema, "anyOf": [{"$ref": "#/$defs/" + kind}]})
    documents = [json.loads(text)] if kind == "spec" else [json.loads(line) for line in text.splitlines()]
    for document in documents:
        for error in validator.iter_errors(document):
            sys.exit(f"not {kind}: {document}: {error.message}")
        for wrong in spoiled(shortened(document)) if strict else []:
            if validator.is_valid(wrong):
                sys.exit(f"taken for {kind}: {wrong}")
    if not documents:
        sys.exit(f"nothing was printed, and not {kind}")

with open(sys.argv[1]) as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
names = os.listdir(sys.argv[2])
for name in names:
    kind, strictness, _ = name.split(".")
    with open(os.path.join(sys.argv[2], name)) as file:
        check(kind, strictness == "strict", file.read())
sys.exit(not names)
