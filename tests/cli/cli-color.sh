#!/bin/sh
# --color: headings stand out on a terminal that can, unless NO_COLOR is set; always and never overrule all that
. "$(dirname "$0")/lib.sh"

if ! command -v script >/dev/null; then skip 'script(1) is not installed'; fi
ipctl mq create /q
escape=$(printf '\033')
# colors yes|no COMMAND
colors() {
    sh -c "$2" >"$out"
    grep -q NAME "$out" || fail "no heading: $2"
    found=no
    if grep -q "$escape\[1m.*NAME.*$escape\[0m" "$out"; then found=yes; fi
    [ "$found" = "$1" ] || fail_command "colours: $found: $2"
}
# On a terminal.
terminal() {
    colors "$1" "$2 script -qec 'ipctl mq $3' /dev/null"
}
terminal yes TERM=xterm ls
terminal yes TERM=xterm 'stat /q'
terminal yes 'NO_COLOR= TERM=xterm' ls
terminal no 'NO_COLOR=1 TERM=xterm' ls
terminal no TERM=dumb ls
terminal no TERM=xterm 'ls --color never'
terminal yes 'NO_COLOR=1 TERM=dumb' 'ls --color=always'
terminal yes 'NO_COLOR=1 TERM=xterm' 'ls --color never --color auto --color always'
colors no 'TERM=xterm ipctl mq ls'
colors yes 'NO_COLOR=1 ipctl mq ls --color always'
colors no 'ipctl mq ls --raw --color always'
if ipctl mq ls -J --color always | grep -q "$escape"; then fail 'JSON has colours'; fi
if ipctl mq ls --noheadings --color always | grep -q "$escape"; then fail 'a row is coloured'; fi
ipctl mq rm /q
