#!/bin/sh
# --version prints name and version, the one that __spec has too
# no-mqueue
. "$(dirname "$0")/lib.sh"

version=$(ipctl __spec | python3 -c 'import json, sys; print(json.load(sys.stdin)["version"])')
expect_output "ipctl $version" ipctl --version
expect_output "ipctl $version" ipctl -V
case $version in [0-9]*.[0-9]*) ;; *) fail "version '$version'" ;; esac
