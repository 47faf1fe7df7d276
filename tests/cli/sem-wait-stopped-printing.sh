#!/bin/sh
# sem wait -c N -F stopped by a signal while it prints: what was not printed is given back, and no more than that.
. "$(dirname "$0")/lib.sh"

mkfifo pipe
sem-make /s 100000
for command in 'wait -c 100000 -F %c' 'wait -a -F %c' 'wait -c 100000 -J' 'listen -F %c'; do
    exec 8<>pipe
    exec 7<pipe
    exec 8<&-
    background env --default-signal sh -c "exec ipctl sem $command /s >pipe 7<&-"
    # It sleeps because nobody reads: the pipe is full.
    wait_until python3 -c 'import fcntl, struct, termios
size = fcntl.fcntl(7, 1032)  # F_GETPIPE_SZ
assert struct.unpack("i", fcntl.ioctl(7, termios.FIONREAD, b"\0" * 4))[0] > size - 4096'
    wait_until grep -q '^State:[[:space:]]*S' "/proc/$bg/status"
    kill -TERM "$bg"
    # Read only then: a reader might wake it before the signal does, and it would print all that it took.
    status=0
    wait "$bg" || status=$?
    cat <&7 >got
    exec 7<&-
    [ $status = 143 ] || fail "$command: status $status"
    value=$(sem-op /s value)
    printed=$(wc -l <got)
    [ $((value + printed)) = 100000 ] || fail "$command: $printed printed, and the value is $value of 100000"
    sem-op /s post "$printed"
done
ipctl sem rm /s
