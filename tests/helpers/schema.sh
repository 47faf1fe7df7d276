# schema.sh: JSON that is checked against the schema, for docs-schema*.sh. One start of python3 for all of it.
# shellcheck shell=sh disable=SC2154  # lib.sh sets top and tmp

python3 -c 'import jsonschema' || skip "python3-jsonschema is missing"
mkdir .documents

# fits KIND [strict]: standard input is to be what the schema calls KIND; strict: and nothing that has a key less or more.
fits() {
    cat >"$(mktemp "$tmp/.documents/$1.${2:-loose}.XXXXXX")"
}

# all_fit: whether it is.
all_fit() {
    python3 "$top/tests/cli/docs-schema.py" "$top/src/cli/ipctl.schema.json" .documents || fail "see above"
}
