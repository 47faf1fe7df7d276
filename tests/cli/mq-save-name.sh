#!/bin/sh
# The file of a saved message is in the directory for it and has a harmless name, whatever the queue's name is.
# shellcheck disable=SC2016  # literally
. "$(dirname "$0")/lib.sh"

mkdir saved
for name in 'two words' '$(touch x)' "$(printf '\033[31m\n\377')" '-x' '...' '~' "$(printf '%0255d' 7)"; do
    ipctl mq create --message-size 1K "/$name"
    mq-send "/$name" 1 text
    expect_status 123 ipctl mq listen -c 1 --on-failure save:saved "/$name" -- false
    set -- saved/*
    [ $# = 1 ] || fail "$name: files: $*"
    [ "$(cat "$1")" = text ] || fail "$name: saved $(cat "$1")"
    case ${1#saved/mq-} in
        *[!-_.A-Za-z0-9]*) fail "$name: the file is $1" ;;
    esac
    case $(cat "$err") in
        *"$1"*) ;;
        *) fail "$name: the file is not named: $(cat "$err")" ;;
    esac
    rm "$1"
    rm "/dev/mqueue/$name"
done
