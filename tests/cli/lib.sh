#!/bin/sh
# lib.sh: what every test of the command line starts with; ../README.md explains it.
# The script that reads this file runs twice: outside, where it prepares, and inside its own namespaces, where it tests.
# shellcheck disable=SC2034  # the variables are for the tests
set -eu

fail() {
    echo "FAIL: $*" >&2
    exit 1
}

skip() {
    echo "SKIP: $*" >&2
    exit 77
}

top=$(cd "$(dirname "$0")/../.." && pwd)

if [ "${IPCTL_TEST_STAGE:-}" != inside ]; then
    ipctl=${IPCTL:-$top/build/release/ipctl}
    helpers=${IPCTL_HELPERS:-$top/build/helpers}
    ipctl=$(realpath -m "$ipctl")
    if [ ! -x "$ipctl" ]; then fail "$ipctl is not built; IPCTL names another one"; fi
    if [ -z "${IPCTL_HELPERS:-}" ]; then sh "$top/tests/helpers/build" "$helpers"; fi
    tmp=$(mktemp -d "${TMPDIR:-/tmp}/ipctl-test.XXXXXX")
    trap 'rm -rf "$tmp"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    chmod 755 "$tmp"
    mkdir "$tmp/.home" "$tmp/.san" "$tmp/.bin"
    chmod 1777 "$tmp/.san"
    case $- in
    *x*) set -- sh -x "$(realpath "$0")" "$@" ;;
    *) set -- sh "$(realpath "$0")" "$@" ;;
    esac
    case $(sed 5q "$0" | grep -Ex '# no-(mqueue|namespace)') in
    '# no-namespace') ;;
    '# no-mqueue') set -- sh "$top/tests/isolate" --no-mqueue "$@" ;;
    *) set -- sh "$top/tests/isolate" "$@" ;;
    esac
    unset IPCTL IPCTL_HELPERS
    status=0
    # A sanitizer's report goes to a file, so that none is overlooked whatever a test does with its standard error.
    (
        cd "$tmp"
        san="log_path=$tmp/.san/report:exitcode=86:halt_on_error=1:print_stacktrace=1"
        exec env -i PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" HOME="$tmp/.home" \
            XDG_STATE_HOME="$tmp/.home/state" TMPDIR="$tmp" LC_ALL=C.UTF-8 TZ=UTC0 TERM=dumb \
            ASAN_OPTIONS="$san:detect_leaks=1" UBSAN_OPTIONS="$san" LSAN_OPTIONS="exitcode=86" \
            IPCTL_TEST_STAGE=inside IPCTL_TEST_TMP="$tmp" \
            IPCTL_TEST_PATH="$ipctl:$helpers" "$@" </dev/null
    ) || status=$?
    for report in "$tmp/.san"/*; do
        if [ -e "$report" ]; then
            cat "$report" >&2
            echo "FAIL: a sanitizer reported" >&2
            status=1
        fi
    done
    exit "$status"
fi

tmp=$IPCTL_TEST_TMP
ipctl=${IPCTL_TEST_PATH%%:*}
helpers=${IPCTL_TEST_PATH#*:}
# In a user namespace of its own, root is root of nobody else.
root=no
read -r _ _ users </proc/self/uid_map
if [ "$(id -u)" = 0 ] && [ "$users" -gt 65534 ]; then root=yes; fi
unset IPCTL_TEST_STAGE IPCTL_TEST_TMP IPCTL_TEST_PATH
PATH=$(dirname "$ipctl"):$helpers:$PATH
out=$tmp/.out
err=$tmp/.err
bg=
children=
umask 022
: >"$out"
: >"$err"

# A process number may have been given to another by now: only a child of ours is killed.
end_children() {
    for pid in $children; do
        if grep -qs "^PPid:[[:space:]]*$$\$" "/proc/$pid/status"; then
            kill -KILL "$pid" 2>/dev/null || :
            wait "$pid" 2>/dev/null || :
        fi
    done
}

# The queues of this namespace, whatever the test did with /dev/mqueue.
leftovers() {
    mkdir "$tmp/.mqueue"
    if mount -t mqueue mqueue "$tmp/.mqueue" 2>/dev/null; then
        find "$tmp/.mqueue" -mindepth 1 -printf '/%f '
        umount -l "$tmp/.mqueue"
    fi
    find /dev/shm -mindepth 1 -printf '%p '
    for kind in msg shm sem; do
        if [ -r /proc/sysvipc/$kind ]; then sysv_leftovers $kind </proc/sysvipc/$kind; fi
    done
}

# System V objects, from their table in /proc. Memory that is removed already (mode 1000) goes with the last process that has it.
sysv_leftovers() {
    read -r _
    while read -r _ id mode _; do
        case $1-$mode in
        msg-*) printf 'sysv-mq:%s ' "$id" ;;
        shm-[13]???) ;;
        *) printf 'sysv-%s:%s ' "$1" "$id" ;;
        esac
    done
}

finish() {
    status=$?
    trap - EXIT HUP INT TERM
    end_children
    if [ "$status" = 0 ] && [ -e "$tmp/.isolated" ]; then
        left=$(leftovers)
        if [ -n "$left" ]; then
            echo "FAIL: leftover: $left" >&2
            status=1
        fi
    fi
    exit "$status"
}
if ! sed 5q "$0" | grep -q '^# no-namespace$'; then : >"$tmp/.isolated"; fi
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Tells what the last command printed, then fails.
fail_command() {
    for file in "$out" "$err"; do
        if [ -s "$file" ]; then
            echo "--- ${file##*/.}:" >&2
            head -c 2000 "$file" >&2
            echo >&2
        fi
    done
    fail "$@"
}

# expect_status N CMD...: CMD exits with N; its output is in the file $out, its errors in $err.
expect_status() {
    wanted_status=$1
    shift
    got_status=0
    "$@" >"$out" 2>"$err" || got_status=$?
    if [ "$got_status" != "$wanted_status" ]; then fail_command "status $got_status, not $wanted_status: $*"; fi
}

# expect_output TEXT CMD...: CMD succeeds and prints TEXT.
expect_output() {
    wanted_output=$1
    shift
    expect_status 0 "$@"
    expect_printed "$wanted_output"
}

# expect_printed TEXT: what the last expect_status printed is TEXT.
expect_printed() {
    if [ "$(cat "$out")" != "$1" ]; then
        echo "--- expected: $1" >&2
        fail_command "another output"
    fi
}

# expect_error PATTERN: what the last expect_status printed on standard error has PATTERN, a shell pattern, in it.
expect_error() {
    # shellcheck disable=SC2254  # a pattern
    case $(cat "$err") in
        *$1*) ;;
        *) fail_command "no '$1' on standard error" ;;
    esac
}

# background CMD...: starts CMD, which is killed at the end if it still runs; its number is in $bg.
# A shell gives /dev/null to what runs in the background unless it is told otherwise: descriptor 9 is standard input meanwhile.
background() {
    if [ "$1" = as_nobody ]; then
        shift
        nobody_prepare "$@"
        shift
        nobody "$nobody_program" "$@" <&9 9<&- &
    else
        "$@" <&9 9<&- &
    fi 9<&0
    bg=$!
    children="$children $bg"
}

# wait_until CMD...: until CMD succeeds; fails after 20 seconds.
wait_until() {
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -gt 1000 ]; then fail "waited in vain for: $*"; fi
        sleep 0.02
    done
}

# catches_term PID: ipctl runs there, and no signal kills it any more. The shell that is to become it has handlers too.
catches_term() {
    [ "$(cat "/proc/$1/comm")" = ipctl ] && grep -q '^SigCgt:.*[4567cdef]...$' "/proc/$1/status"
}

nobody() {
    HOME=$tmp/.nobody XDG_STATE_HOME=$tmp/.nobody/state exec setpriv --reuid 65534 --regid 65534 --clear-groups -- "$@"
}

# Sets nobody_program to CMD, or to a copy of it when it is in a directory that nobody may not enter.
nobody_prepare() {
    if [ "$root" != yes ]; then skip "only root can become another user"; fi
    if [ ! -d "$tmp/.nobody" ]; then
        mkdir "$tmp/.nobody"
        chown 65534:65534 "$tmp/.nobody"
    fi
    nobody_program=$(command -v "$1")
    if ! (nobody test -x "$nobody_program"); then
        if [ ! -e "$tmp/.bin/${1##*/}" ]; then install -m 755 "$nobody_program" "$tmp/.bin/"; fi
        nobody_program=$tmp/.bin/${1##*/}
    fi
}

# as_nobody CMD...: runs CMD, a program, as a user without privileges.
as_nobody() {
    nobody_prepare "$@"
    shift
    (nobody "$nobody_program" "$@")
}
