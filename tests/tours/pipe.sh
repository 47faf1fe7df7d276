#!/bin/sh
# shellcheck disable=SC2016,SC2034
# needs: test -d /proc/self/fd

# pipe: anonymous pipes

# A pipe that outlives the command that made it. Its address is a descriptor of the small process that keeps it.
jobs=$(ipctl pipe create)
ipctl pipe send "$jobs" 'resize a.png' 'resize b.png'
ipctl pipe stat "$jobs"
ipctl pipe recv "$jobs"

# To other programs it is a file in /proc.
echo 'delete c.png' >"/proc/${jobs%:*}/fd/${jobs#*:}"
ipctl pipe recv --all "$jobs"

# Empty: not to wait is status 3, to wait in vain is status 124.
ipctl pipe recv --nonblock "$jobs" || test $? = 3
ipctl pipe recv --timeout 200ms "$jobs" || test $? = 124

# One line of standard input, and no byte more: the next program gets the rest.
seq 3 | { ipctl pipe recv fd:0 -F 'ipctl got %s'; sed 's/^/sed got /'; }

# Messages of any bytes, marked by a NUL or by their length; as JSON.
ipctl pipe send --length-prefix "$jobs" "$(printf 'two\nlines')" ''
ipctl pipe recv --length-prefix -N -F '%c: %l bytes, %q\n' -c 2 "$jobs"
printf 'a\nb\0c\0' | ipctl pipe send --null "$jobs"
ipctl pipe listen -J --null -c 2 "$jobs" | tr '\0' ' '

# What would be mixed with the messages of others is refused, unless they are kept out.
ipctl pipe send "$jobs" "$(printf '%5000s' x)" || test $? = 1
ipctl pipe send --lock "$jobs" "$(printf '%5000s' x)"
ipctl pipe recv -F '%l bytes in one message' "$jobs"

# A command for each message. One of them fails; its message is kept.
printf '%s\n' 1 0 3 | ipctl pipe listen fd:0 -j 2 --on-failure save:failed -- sh -c 'read -r n; test "$n" -gt 0' || test $? = 123
cat failed/*

# A command at the other end, and its status.
ipctl pipe send --to 'sort -u' pear apple pear
ipctl pipe recv --from 'seq 1000000'
ipctl pipe listen -F 'it says %s' --from 'echo hello; exit 7' || test $? = 7

# Pipelines: how each part ended, a copy of what passed, two that talk to each other, two that read the same.
ipctl pipe run --status --tee copy -- seq 3 ::: grep 4 ::: cat
cat copy
ipctl pipe run --bidirectional -- sh -c 'echo 6 7; read -r x; echo "$x" >&2' ::: sh -c 'read -r a b; echo $((a * b))'
ipctl pipe run --fan-out -- seq 5 ::: sh -c 'wc -l >lines' ::: sh -c 'tail -n 1 >last'
cat lines last

# A pipe for the processes of a script.
ipctl pipe run --name jobs -- sh -c 'echo from a child >&"$IPCTL_FD_JOBS_WRITE" & ipctl pipe recv "fd:$IPCTL_FD_JOBS_READ"'

# Who waits for whom.
ipctl pipe recv "$jobs" >answer &
until ipctl pipe stat -q -o blocked "$jobs" | grep -q ipctl; do sleep 0.1; done
ipctl pipe stat -q -o bytes,blocked "$jobs"
ipctl pipe send "$jobs" 'at last'
wait $!
cat answer

# The system calls behind it.
ipctl pipe send -v "$jobs" hello
ipctl pipe recv -v "$jobs"
ipctl pipe rm -v "$jobs"
