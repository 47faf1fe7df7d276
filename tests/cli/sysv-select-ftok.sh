#!/bin/sh
# Selectors: ftok:PATH and ftok:PATH:PROJ are the key that ftok(3) makes in C, Perl and Python; PROJ is a number or one character.
. "$(dirname "$0")/lib.sh"

mkdir 'a dir' 'a:dir'
touch file x 'a dir/f' 'a:dir/f' 'x:y'
key() { ipctl sysv-mq create -v "$1" 2>trace >id || :; grep -o '^msgget(0x[0-9a-f]*' trace | head -1 | cut -c8-; }
same() {
    got=$(key "$1")
    expect_output "$got" sysv-ftok "$2" "$3"
    expect_output "$(cat id)" ipctl sysv-mq stat --noheadings -o id "$1"
    expect_output '' ipctl sysv-mq rm "$1"
}
same ftok:file file 1
same ftok:./file ./file 1
same "ftok:$tmp/file" "$tmp/file" 1
same "ftok:/" / 1
for project in 1 2 65 A z - 127 128 200 255 0x41 0xff; do
same "ftok:file:$project" file "$project"
same "ftok:/etc/passwd:$project" /etc/passwd "$project"
done
same 'ftok:a dir/f' 'a dir/f' 1
same 'ftok:a:dir/f' 'a:dir/f' 1
same 'ftok:a:dir/f:7' 'a:dir/f' 7
same 'ftok:./x:y' x y
same 'ftok:x:y:7' 'x:y' 7
for helper in sysv.pl sysv.py; do
    status=0
    other=$("$top/tests/helpers/$helper" ftok file 65) || status=$?
    if [ $status = 77 ]; then continue; fi
    expect_output "$other" key ftok:file:A
    ipctl sysv-mq rm ftok:file:65
done
