#!/bin/sh
# Where saved input goes: XDG_STATE_HOME, without it ~/.local/state, without a home /var/tmp; a relative one does not count.
. "$(dirname "$0")/lib.sh"

mq-make /q 1 10
saved_in() {
    wanted=$1
    shift
    status=0
    printf '1\n2\n' | env "$@" ipctl mq send -n -l /q 2>"$err" || status=$?
    [ $status = 3 ] || fail "$*: status $status"
    file=$(grep -o "$wanted/mq-q-unsent-[A-Za-z0-9]*" "$err") || fail "$*: $(cat "$err")"
    expect_output 2 cat "$file"
    rm "$file"
    mq-recv -n /q >/dev/null
}
mkdir home
saved_in "$tmp/state/ipctl" XDG_STATE_HOME="$tmp/state" HOME="$tmp/home"
saved_in "$tmp/home/.local/state/ipctl" -u XDG_STATE_HOME HOME="$tmp/home"
saved_in "$tmp/home/.local/state/ipctl" XDG_STATE_HOME=relative HOME="$tmp/home"
saved_in "$tmp/home/.local/state/ipctl" XDG_STATE_HOME= HOME="$tmp/home"
saved_in /var/tmp -u XDG_STATE_HOME -u HOME
saved_in /var/tmp -u XDG_STATE_HOME HOME=/proc/home
saved_in /var/tmp XDG_STATE_HOME=/proc/none

# Where it cannot be saved, it is told.
mount -t tmpfs -o ro none /var/tmp
status=0
echo 2 >rest
printf '1\n2\n' | XDG_STATE_HOME=/proc/none ipctl mq send -n -l /q 2>"$err" || status=$?
[ $status = 3 ] || fail "status $status"
expect_error 'could not be saved'
sed -n 's/.*in base64 //p' "$err" | base64 -d | cmp - rest
ipctl mq rm /q
