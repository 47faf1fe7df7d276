#!/bin/sh
# src/main.cpp only dispatches: it has at most 45 lines
# no-namespace
. "$(dirname "$0")/lib.sh"
lines=$(wc -l <"$top/src/main.cpp")
if [ "$lines" -gt 45 ]; then fail "src/main.cpp has $lines lines"; fi
