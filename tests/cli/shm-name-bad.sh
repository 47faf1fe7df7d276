#!/bin/sh
# shm names that no object can have are refused by every verb: status 2, one line that shows the name and says why.
. "$(dirname "$0")/lib.sh"

refused() {
    for verb in "create $1 10" "send $1 x" "recv $1" "resize $1 10" "listen $1" "copy $1 /to" "stat $1" "rm $1" "run $1 -- true"; do
        name=$1
        # The name may be empty, and is one word.
        set -- "$1" "$2" "${verb%% *}" "${verb##* }"
        case $3 in
        create | send | resize | copy) expect_status 2 ipctl shm "$3" "$name" "$4" ;;
        run) expect_status 2 ipctl shm run "$name" -- true ;;
        *) expect_status 2 ipctl shm "$3" "$name" ;;
        esac
        expect_error "'$1' is not the name of shared memory"
        expect_error "$2"
        [ "$(wc -l <"$err")" = 1 ] || fail "not one line: $(cat "$err")"
        [ ! -s "$out" ] || fail "$3 prints $(cat "$out")"
    done
}

refused '' nothing
refused / nothing
refused // nothing
refused . directory
refused /. directory
refused .. directory
refused //.. directory
refused a/b slash
refused /a/b slash
refused /a/ slash
refused ../x slash
expect_output '' ls -A /dev/shm
