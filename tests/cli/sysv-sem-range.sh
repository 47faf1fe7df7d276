#!/bin/sh
# sysv-sem: a number that the set does not have (EFBIG) names those it has; a value beyond 32767 (ERANGE) names SEMVMX; nothing changes.
. "$(dirname "$0")/lib.sh"

one=$(sysv-sem-make 0x2a 1 600 32767)
three=$(sysv-sem-make private 3 600 1 2 32760)
state() { sysv-sem-get "$one"; sysv-sem-get "$three"; }
before=$(state)
refused() {
    status=$1 pattern=$2
    shift 2
    expect_status "$status" ipctl sysv-sem "$@"
    expect_error "$pattern"
    [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
    [ "$(state)" = "$before" ] || fail "$*: changed"
}
for number in 3 4 31999 65535 65536 4294967296 18446744073709551615; do
    refused 1 '3 semaphores, 0 to 2' post "$three:$number"
    refused 1 '3 semaphores, 0 to 2' wait -n "$three:$number"
    refused 1 '3 semaphores, 0 to 2' op -n "$three" 0:+1 "$number:-1"
    refused 125 '3 semaphores, 0 to 2' run -n "$three:$number" -- touch ran
    refused 1 '3 semaphores, 0 to 2' set "$three:$number" --value 1
    refused 1 '3 semaphores, 0 to 2' listen -n "$three:$number"
done
refused 1 '0x2a: 1:+1: the set has one semaphore' post 0x2a:1
refused 1 '32767 (SEMVMX)' post 0x2a
refused 1 '32767 (SEMVMX)' post -c 8 "$three:2"
refused 1 '2:+8' op "$three" 0:-1 1:+1 2:+8
refused 1 '2:+4' op "$three" 2:+4 0:-1 2:+4
refused 1 '2:+8' op "$three" 0:+1 2:+8u
refused 125 '32767' op "$three" 0:+1 2:+8u -- touch ran
[ ! -e ran ] || fail "the command ran"
expect_output '' ipctl sysv-sem post -c 7 "$three:2"
ipctl sysv-sem rm "$one" "$three"
