#!/bin/sh
# CLI11, spdlog, libsmartcols and the JSON library are each known to few files: they are slow to compile, or could be replaced
# no-namespace
. "$(dirname "$0")/lib.sh"
cd "$top"

# only PATTERN FILE...: those are all files that include it.
only() {
    pattern=$1
    shift
    found=$(grep -rlE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]$pattern" src commands | sort | tr '\n' ' ')
    if [ "$found" != "$* " ]; then fail "$pattern is included by: $found; not by: $*"; fi
}

only CLI/ src/cli/parser.cpp
only spdlog/ src/cli/log.cpp
only libsmartcols src/io/table.cpp
if grep -rnE '#[[:space:]]*include[[:space:]]*<(nlohmann/json\.hpp|iostream|regex|filesystem|fmt/format\.h)>' --include='*.hpp' src; then
    fail "too large for a header"
fi
