#!/bin/sh
# every example that --help prints works, on objects that are there unless it creates them
. "$(dirname "$0")/lib.sh"

"$ipctl" __spec > spec
{
    "$ipctl" --help
    python3 -c '
import json
for mechanism in json.load(open("spec"))["mechanisms"]:
    for verb in mechanism["verbs"]: print(*("  ipctl " + each["line"] for each in verb["examples"]), sep="\n")
'
} | sed -n 's/^  ipctl //p' > examples
for program in work convert-it reload job backup answer do-it; do
    printf '#!/bin/sh\ncat > /dev/null\necho done\n' > $program
    chmod +x $program
done
PATH=$tmp:$PATH
changes=0

remove_objects() {
    ipctl mq rm --force /jobs /log
    ipctl shm rm --force /config /config.old /frames /ring
    ipctl sem rm --force /slots /lock /doorbell
    for mechanism in sysv-mq sysv-shm sysv-sem; do
        ipctl $mechanism ls -o id --noheadings | xargs -r ipctl $mechanism rm
    done
}

make_pipe() {
    jobs=$(ipctl pipe create)
    export jobs
    ipctl pipe send "$jobs" one two
}

make_objects() {
    ipctl mq create /jobs
    ipctl mq create /log
    ipctl shm create /config 4K
    ipctl shm create /frames 1M
    ipctl shm create /ring 4K
    ipctl sem create /slots --value 3
    ipctl sem create /lock --value 1
    ipctl sem create /doorbell
    ipctl mq send /jobs one two
    ipctl sem post -c 2 /doorbell
    ipctl sysv-mq create 0x2a > ids
    ipctl sysv-mq send 0x2a one two
    ipctl sysv-shm create 0x2a --size 4096 > ids
    ipctl sysv-sem create 0x5eed --values 2,2 > ids
}

# What was started in the background waits for this signal.
blocks() {
    ipctl signal stat "$bg" --filter command=ipctl --filter blocked="$1" -o tid --noheadings | grep -q .
}

# Messages and posts are taken; memory changes until that is told.
is_heard() {
    case $1 in
    mq\ *) [ "$(ipctl mq stat -o messages --noheadings /jobs)" = 0 ] ;;
    sem\ *) [ "$(ipctl sem stat -o value --noheadings /doorbell)" = 0 ] ;;
    sysv-mq\ *) [ "$(ipctl sysv-mq stat -o messages --noheadings 0x2a)" = 0 ] ;;
    sysv-sem\ *0x5eed:1*) ipctl sysv-sem stat -o semaphores 0x5eed | grep -q 'number=1 value=0' ;;
    sysv-sem\ *) ipctl sysv-sem stat -o semaphores 0x5eed | grep -q 'number=0 value=0' ;;
    fifo\ *) sh -c 'test -p jobs && echo one 1<>jobs' && [ -s log ] ;;
    signal\ *)
        for name in USR1 HUP; do
            if blocks "$name"; then kill -$name "$bg"; fi
        done
        [ -s log ]
        ;;
    sysv-shm\ *)
        changes=$((changes + 1))
        ipctl sysv-shm write 0x2a $changes
        [ -s log ]
        ;;
    *)
        changes=$((changes + 1))
        shm-put /config 0 $changes
        shm-wake /ring 0 $changes
        [ -s log ]
        ;;
    esac
}

listen() {
    background sh -c "exec ipctl $1" > log
    wait_until is_heard "$1"
    status=0
    kill -TERM "$bg"
    wait "$bg" || status=$?
    [ "$status" = 143 ] || fail "status $status: $1"
}

# Somebody sends what it waits for.
receive_signals() {
    background sh -c "exec ipctl $1" > log
    case $1 in
    *' -c 5 RTMIN '*)
        wait_until blocks RTMIN
        signal-send queue "$bg" 34 1 2 3 4 5 > sent
        ;;
    *)
        wait_until blocks USR1
        kill -USR1 "$bg"
        ;;
    esac
    wait "$bg" || fail "status $?: $1"
}

# At the other side of a FIFO is the shell, or cat.
use_fifo() {
    rm -f jobs log copy
    case $1 in *' create '* | *' --create '*) ;; *) mkfifo jobs log ;; esac
    case $1 in
    *' --create '*) listen "$1" && return ;;
    *' send -n '*) ;;
    *' send '*) background cat jobs > copy ;;
    *' recv '* | *' listen '*) background sh -c 'printf "one\ntwo\n" >jobs' ;;
    esac
    expect_status 0 sh -c "ipctl $1"
    rm -f jobs log
}

while read -r example; do
    case $example in
    signal\ * | fifo\ * | pipe\ *) ;;  # there are no objects that stay
    *) remove_objects ;;
    esac
    echo 'a line' | tee list table.bin > settings.json
    case $example in
    pipe\ *) make_pipe ;;
    signal\ * | fifo\ * | *' create '*) ;;
    *' init '*) make_objects ;;
    *' destroy '* | *' shm:/frames+64'*) make_objects && ipctl sem init shm:/frames+64 ;;
    *) make_objects ;;
    esac
    # An id is the kernel's choice: an example can only guess it.
    case $example in
    sysv-mq\ *' 32768') example="${example% 32768} $(ipctl sysv-mq create)" ;;
    sysv-shm\ *' 32768') example="${example% 32768} $(ipctl sysv-shm create --size 1)" ;;
    # What is sent to may end, and does in time.
    *'$pid'*)
        background sleep 4
        export pid="$bg"
        wait_until grep -qx sleep "/proc/$pid/comm"
        ;;
    # A process that keeps a pipe stands for any.
    'pipe '*' 1234:'*)
        kept=$(ipctl pipe create)
        example="${example% 1234:*} $kept"
        ;;
    *' 0:=0 '*) ipctl sysv-sem set 0x5eed --value 0 ;;
    esac
    case $example in
    'fifo '*) use_fifo "$example" ;;
    *' listen '*) listen "$example" ;;
    'signal recv '*) receive_signals "$example" ;;
    *) expect_status 0 sh -c "ipctl $example" ;;
    esac
done < examples
[ "$(wc -l < examples)" -ge 90 ] || fail "examples are missing: $(cat examples)"
remove_objects
