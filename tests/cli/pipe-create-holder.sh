#!/bin/sh
# pipe create: prints the address of a pipe that is there at once, kept by a process with nothing else of ours, until its shell ends
. "$(dirname "$0")/lib.sh"

# What is held is gone once the descriptor is: an ended process may wait for its parent.
held() { [ -e "/proc/${1%:*}/fd/${1#*:}" ]; }
gone() { ! held "$1"; }

pipe=$(ipctl pipe create)
held "$pipe" || fail "not held: $pipe"
holder=${pipe%:*}
expect_output ipctl-holder cat "/proc/$holder/comm"
[ "$(readlink "/proc/$holder/cwd")" = / ]
read -r _ _ _ _ _ session _ <"/proc/$holder/stat"
[ "$session" = "$holder" ] || fail "session $session"
# Three streams to /dev/null, two ends, the mark, and whom to end with.
expect_output '/dev/null
/dev/null
/dev/null
pipe
pipe
/memfd:ipctl-holder-pipe (deleted)
anon_inode:[pidfd]' sh -c "for fd in 0 1 2 3 4 5 6; do readlink /proc/$holder/fd/\$fd; done | sed 's/^pipe:.*/pipe/'"
[ "$(ls "/proc/$holder/fd" | wc -l)" = 7 ]
echo text >"/proc/$holder/fd/${pipe#*:}"
expect_output text head -n 1 "/proc/$holder/fd/${pipe#*:}"
kill -TERM "$holder"
wait_until gone "$pipe"

# A subshell ends at once: it is the shell that counts.
cat >script <<'END'
(ipctl pipe create; :) | cat
x=$(ipctl pipe create | cat; :)
echo "$x"
read -r _
END
mkfifo go
for shell in sh bash; do
    background $shell script <>go >addresses
    wait_until sh -c '[ "$(wc -l <addresses)" = 2 ]'
    while read -r pipe; do held "$pipe" || fail "$shell: $pipe went with a subshell"; done <addresses
    kill -KILL "$bg"
    while read -r pipe; do wait_until gone "$pipe"; done <addresses
done

# --owner-pid: with that process. --stay: with none.
background sleep 1000
pipe=$(ipctl pipe create --owner-pid "$bg")
stays=$(sh -c 'ipctl pipe create --stay; :')
held "$pipe"
held "$stays"
kill "$bg"
wait_until gone "$pipe"
held "$stays"
ipctl pipe rm "$stays"
gone "$stays"
expect_status 4 ipctl pipe create --owner-pid "$bg"
expect_error "$bg: there is no such process"
expect_status 2 ipctl pipe create --owner-pid 1 --stay
expect_status 2 ipctl pipe create --owner-pid 0

# An address that nobody was told is of no use.
for json in '' --json; do
    # shellcheck disable=SC2086  # an option, or none
    ! ipctl pipe create --stay --capacity 12K $json 2>"$err" >/dev/full || fail "written to a full device"
    expect_error 'No space left'
done
for process in /proc/[0-9]*; do
    case $(tr '\0' ' ' 2>/dev/null <"$process/cmdline") in
    *'pipe create --stay --capacity 12K'*) [ ! -e "$process/fd/3" ] || fail "left: $process" ;;
    esac
done
