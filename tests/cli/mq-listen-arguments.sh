#!/bin/sh
# mq listen -- CMD ARG...: CMD gets its arguments as they are; no shell, no option of ipctl's, no descriptor of ipctl's.
# shellcheck disable=SC1003,SC2016  # a backslash, for another shell, or literally
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /q
mq-send /q 0 x
cat >show <<'S'
#!/bin/sh
printf '<%s>' "$@"
S
chmod +x show
expect_output '<two words><$(touch x)><*><><--><-c><--help><a;b><%s><\>' \
    ipctl mq listen -c 1 /q -- ./show 'two words' '$(touch x)' '*' '' -- -c --help 'a;b' %s '\'
[ ! -e x ] || fail "an argument was run"
# CMD has the descriptors that ipctl was started with, and no other; no signal is blocked.
descriptors() {
    "$@" python3 -c 'import os
print(*sorted(int(fd) for fd in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{fd}")))'
}
exec 7>seven
wanted=$(descriptors env)
mq-send /q 0 x
expect_output "$wanted" descriptors ipctl mq listen -c 1 -j 3 --journal journal /q --
exec 7>&-
mq-send /q 0 x
expect_output 0000000000000000 ipctl mq listen -c 1 /q -- sh -c 'grep SigBlk /proc/self/status | cut -f2'
ipctl mq rm /q
