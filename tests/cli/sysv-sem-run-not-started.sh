#!/bin/sh
# sysv-sem run and op -- CMD that cannot run it: 127 not found, 126 not executable, 125 or the set's own status before; nothing is taken.
. "$(dirname "$0")/lib.sh"

id=$(ipctl sysv-sem create --values 1)
printf '#!/none/such\n' >bad-interpreter
printf 'text\n' >text
mkdir directory
chmod 755 bad-interpreter
for verb in "run $id" "op $id 0:-1u"; do
    before=$(cat /proc/sysvipc/sem)
    for command in none-such:127 ./none/such:127 ./text:126 ./directory:126; do
        # shellcheck disable=SC2086  # words
        expect_status "${command#*:}" ipctl sysv-sem $verb -- "${command%:*}"
        expect_error "${command%:*}"
        [ "$(cat /proc/sysvipc/sem)" = "$before" ] || fail "$verb, $command: used the set"
    done
    # shellcheck disable=SC2086  # words
    expect_status 126 ipctl sysv-sem $verb -- ./bad-interpreter
    expect_output 1 sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
done
expect_status 4 ipctl sysv-sem run 0x99 -- touch ran
expect_status 4 ipctl sysv-sem op 0x99 0:-1 -- touch ran
expect_status 125 ipctl sysv-sem run "$id:1" -- touch ran
expect_status 125 ipctl sysv-sem op "$id" 0:-1 7:+1 -- touch ran
expect_status 2 ipctl sysv-sem run "$id:x" -- touch ran
expect_status 2 ipctl sysv-sem run -c 0 "$id" -- touch ran
if [ "$root" = yes ]; then
    expect_status 125 as_nobody ipctl sysv-sem run "$id" -- touch ran
    expect_error denied
fi
[ ! -e ran ] || fail "the command ran"
expect_output 1 sh -c "sysv-sem-get $id | cut -d ' ' -f 1"
ipctl sysv-sem rm "$id"
