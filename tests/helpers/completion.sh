# completion.sh: the same lines typed at every shell, and what must run then; read by the complete-* tests.
# shellcheck shell=sh disable=SC1003,SC2016,SC2034,SC2154  # backslashes and dollars are meant so; lib.sh sets top, tmp, ipctl

# Where the shell finds ipctl: a program that notes its arguments, each in brackets, unless it is asked for completions.
mkdir "$tmp/.path"
cat >"$tmp/.path/ipctl" <<EOF
#!/bin/sh
if [ "\$1" = __complete ]; then exec $ipctl "\$@"; fi
printf '[%s]' "\$@" >>$tmp/.ran
echo >>$tmp/.ran
echo "=ran="
EOF
printf '#!/bin/sh\n' >"$tmp/.path/zebra-command"
chmod +x "$tmp/.path/ipctl" "$tmp/.path/zebra-command"
PATH=$tmp/.path:$PATH
TMPDIR=$tmp/.home  # fish makes a directory there
export PATH TMPDIR TERM=xterm

# line TYPED ARG...: TYPED at a prompt must run ipctl with the arguments ARG...
line() {
    printf '%s\n' "$1" >>"$tmp/.typed"
    shift
    printf '[%s]' "$@" >>"$tmp/.wanted"
    echo >>"$tmp/.wanted"
}

# run_lines SHELL ARG...: types all lines so far.
run_lines() {
    for each in expect "$1"; do
        if ! command -v "$each" >/dev/null; then skip "$each is not installed"; fi
    done
    ls >"$tmp/.before"
    "$top/tests/helpers/press-tab" "$@" <"$tmp/.typed" || fail "a line did not run"
    ls >"$tmp/.after"
    # The slash after a directory is added by some shells.
    sed -i 's|/\]$|]|' "$tmp/.ran"
    diff -a "$tmp/.wanted" "$tmp/.ran" || fail "lines that differ: < wanted, > ran"
    diff "$tmp/.before" "$tmp/.after" || fail "a completion ran something"
}

common_lines() {
    mq-make /jobs 1 1
    mq-make /log 1 1
    shm-make /frames 64
    sem-make /slots 1
    queue=$("$ipctl" sysv-mq create)
    segment=$("$ipctl" sysv-shm create --size 1)
    set=$("$ipctl" sysv-sem create)
    pipe=$("$ipctl" pipe create)
    echo >zebra.txt
    mkdir directory
    mkfifo pipe.fifo
    line 'ipctl m<TAB>ls' mq ls
    line 'ipctl --vers<TAB>' --version
    line 'ipctl help exi<TAB>' help exit-status
    line 'ipctl mq cr<TAB>' mq create
    line 'ipctl mq send --prio<TAB>' mq send --priority
    line 'ipctl mq send --decode b<TAB>' mq send --decode base64
    line 'ipctl mq send --decode=b<TAB>' mq send --decode=base64
    line 'ipctl mq ls -o CAP<TAB>' mq ls -o CAPACITY
    line 'ipctl mq ls -o +HOL<TAB>' mq ls -o +HOLDERS
    line 'ipctl mq ls -o name,cap<TAB>' mq ls -o name,capacity
    line 'ipctl mq ls --output=+hol<TAB>' mq ls --output=+holders
    line 'ipctl mq rm /j<TAB>' mq rm /jobs
    line 'ipctl mq rm lo<TAB>' mq rm log
    line 'ipctl mq rm --force /jobs /l<TAB>' mq rm --force /jobs /log
    line 'ipctl mq send -f zeb<TAB>' mq send -f zebra.txt
    line 'ipctl mq send --file=zeb<TAB>' mq send --file=zebra.txt
    line 'ipctl mq recv --journal dir<TAB>' mq recv --journal directory
    line 'ipctl mq listen --on-failure req<TAB>' mq listen --on-failure requeue
    line 'ipctl mq listen --on-failure sa<TAB>x' mq listen --on-failure save:x
    line 'ipctl mq listen --on-failure save:dir<TAB>' mq listen --on-failure save:directory
    line 'ipctl mq listen --on-failure=save:dir<TAB>' mq listen --on-failure=save:directory
    line 'ipctl mq listen /j<TAB>-- zeb<TAB>' mq listen /jobs -- zebra-command
    line 'ipctl mq listen /jobs -- cat zeb<TAB>' mq listen /jobs -- cat zebra.txt
    line 'ipctl mq rm /zz<TAB>' mq rm /zz
    line 'ipctl sh<TAB>ls' shm ls
    line 'ipctl shm resi<TAB>' shm resize
    line 'ipctl shm writ<TAB>' shm write
    line 'ipctl shm create --spa<TAB>' shm create --sparse
    line 'ipctl shm recv --encode hexd<TAB>' shm recv --encode hexdump
    line 'ipctl shm ls -o +STA<TAB>' shm ls -o +STATE
    line 'ipctl shm stat fr<TAB>' shm stat frames
    line 'ipctl shm recv /f<TAB>' shm recv /frames
    line 'ipctl shm copy /f<TAB>zeb<TAB>' shm copy /frames zebra.txt
    line 'ipctl shm run /f<TAB>-- zeb<TAB>' shm run /frames -- zebra-command
    line 'ipctl sem dest<TAB>' sem destroy
    line 'ipctl sem pos<TAB>/s<TAB>' sem post /slots
    line 'ipctl sem create --val<TAB>' sem create --value
    line 'ipctl sem ls -o name,wai<TAB>' sem ls -o name,waiters
    line 'ipctl sem run -n /s<TAB>-- zeb<TAB>' sem run -n /slots -- zebra-command
    line 'ipctl sysv-m<TAB>ls' sysv-mq ls
    line 'ipctl sysv-mq recv --pe<TAB>' sysv-mq recv --peek
    line 'ipctl sysv-mq ls -o +CAP<TAB>' sysv-mq ls -o +CAPACITY
    line 'ipctl sysv-mq rm <TAB>' sysv-mq rm "$queue"
    line 'ipctl sysv-mq listen --safe <TAB>-- zeb<TAB>' sysv-mq listen --safe "$queue" -- zebra-command
    line 'ipctl sysv-shm lo<TAB><TAB>' sysv-shm lock "$segment"
    line 'ipctl sysv-shm create --no-r<TAB>' sysv-shm create --no-reserve
    line 'ipctl sysv-sem wai<TAB><TAB>' sysv-sem wait "$set"
    line 'ipctl sysv-sem run -n <TAB>-- zeb<TAB>' sysv-sem run -n "$set" -- zebra-command
    line 'ipctl signal se<TAB>--esc<TAB>5s:TERM 99999999' signal send --escalate 5s:TERM 99999999
    line 'ipctl signal stat --signal TST<TAB>99999999' signal stat --signal TSTP 99999999
    line 'ipctl signal recv RTMAX-13<TAB>RTMIN+15<TAB>' signal recv RTMAX-13 RTMIN+15
    line 'ipctl signal run --ignore SEG<TAB>-- zeb<TAB>' signal run --ignore SEGV -- zebra-command
    line 'ipctl fif<TAB>ls' fifo ls
    line 'ipctl fifo send --leng<TAB>pip<TAB>' fifo send --length-prefix pipe.fifo
    line 'ipctl fifo listen --until<TAB>pip<TAB>-- zeb<TAB>' fifo listen --until-end pipe.fifo -- zebra-command
    line 'ipctl fifo ls -o +DESC<TAB>dir<TAB>' fifo ls -o +DESCRIPTORS directory
    line 'ipctl pi<TAB>ls' pipe ls
    line 'ipctl pipe ls -o +DESC<TAB>' pipe ls -o +DESCRIPTORS
    line "ipctl pipe recv ${pipe%:*}:<TAB>" pipe recv "$pipe"
    line "ipctl pipe listen --on-failure sto<TAB>${pipe%:*}:<TAB>-- zeb<TAB>" pipe listen --on-failure stop "$pipe" -- zebra-command
    line 'ipctl pipe run --tee zeb<TAB>--pipe<TAB>-- zeb<TAB>' pipe run --tee zebra.txt --pipefail -- zebra-command
    # The semaphore's file is no shared memory, and memory is no semaphore.
    line 'ipctl shm rm /s<TAB>' shm rm /s
    line 'ipctl sem rm /f<TAB>' sem rm /f
}

no_text=/u$(printf '\377\376')

# How a word may begin, as printf(1) formats.
forms="%s '%s \"%s"

# awkward_names NAME...: queues with these and other awkward names, each completed in all forms.
awkward_names() {
    set -- '/a$(touch x)' '/b`touch x`' '/c  two  spaces ' "/d'single'" '/e"double"' '/f*?[a-z]{1,2}' '/g\back\\slash\' \
        '/h;touch x' '/i&&touch x' '/w!!' '/k|<in>~#' '/xé' '/m=:@,%^' '/n$HOME' '/o(' '/p' "/q'\"\\\`\$" '/r~' '/s-x' \
        "/t$(printf '\033[31mred\r')" "$@"
    for name; do mq-make "$name" 1 1; done
    for name; do printf '%s\n' "$name" | head -n 1 | cut -c 1-2; done >"$tmp/.starts"
    for form in $forms; do
        exec 3<"$tmp/.starts"
        for name; do
            read -r start <&3
            # shellcheck disable=SC2059  # a format
            line "ipctl mq rm $(printf "$form" "$start")<TAB>" mq rm "$name"
        done
    done
    # Part of what must be quoted is typed.
    line "ipctl mq rm '/a\$(to<TAB>" mq rm "$1"
    line 'ipctl mq rm /a\$\(to<TAB>' mq rm "$1"
    line 'ipctl mq rm "/a\$(to<TAB>' mq rm "$1"
    line 'ipctl mq rm /c\ \ tw<TAB>' mq rm '/c  two  spaces '
    line "ipctl mq rm '/c  tw<TAB>" mq rm '/c  two  spaces '
    line 'ipctl mq rm /g\\ba<TAB>' mq rm '/g\back\\slash\'
    line 'ipctl mq rm "/g\\ba<TAB>' mq rm '/g\back\\slash\'
    line 'ipctl mq rm "/e\"dou<TAB>' mq rm '/e"double"'
    # Several begin with what is typed: what they have in common is added.
    mq-make '/A $(touch x) 1' 1 1
    mq-make '/A $(touch x) 2' 1 1
    line 'ipctl mq rm /A<TAB>2<TAB>' mq rm '/A $(touch x) 2'
    line "ipctl mq rm '/A<TAB>1<TAB>" mq rm '/A $(touch x) 1'
    line 'ipctl mq rm --ns 1 /s<TAB>/h\;to<TAB>' mq rm --ns 1 /s-x '/h;touch x'
}

# Removes the objects that the lines were about.
remove_objects() {
    find /dev/mqueue /dev/shm -mindepth 1 -delete
    for mechanism in sysv-mq sysv-shm sysv-sem; do
        "$ipctl" $mechanism ls -o id --noheadings | xargs -r "$ipctl" $mechanism rm
    done
}
