#!/bin/sh
# shm write --decode: bytes that no argument can hold, from an argument, a file or a pipe; what is no such code writes nothing.
. "$(dirname "$0")/lib.sh"

shm-make /here 8
decoded() {
    expect_output '' "$@"
    printf '\0\377a\n' | cmp -n 4 - /dev/shm/here || fail "other bytes: $*"
    printf '\0\0\0\0' | dd of=/dev/shm/here conv=notrunc status=none
}
decoded ipctl shm write --decode hex /here 00ff610a
decoded ipctl shm write --decode hex /here '00 FF
61 0A'
decoded ipctl shm write --decode base64 /here AP9hCg==
decoded ipctl shm write --decode quoted /here '\x00\xffa\n'
decoded sh -c 'printf "\0\377a\n" | ipctl shm write --decode raw /here'
decoded sh -c 'printf "\0\377a\n" | xxd -p | ipctl shm write --decode hex /here'
decoded sh -c 'printf "\0\377a\n" | base64 | ipctl shm write --decode base64 /here'
printf 'AP9h\nCg==\n' >file
decoded ipctl shm write --decode base64 /here -f file

for wrong in 'hex 6x' 'hex 616' 'base64 ===' 'base64 AP9hC' 'quoted \q'; do
    expect_status 1 ipctl shm write --decode "${wrong% *}" /here "${wrong#* }"
    expect_status 1 sh -c 'printf %s "$2" | ipctl shm write --decode "$1" /here' sh "${wrong% *}" "${wrong#* }"
    printf '\0\0\0\0\0\0\0\0' | cmp - /dev/shm/here
done
expect_status 1 ipctl shm write --decode hex /here 001122334455667788
expect_error '9 bytes'
expect_status 2 ipctl shm write --decode hexdump /here 00
expect_status 2 ipctl shm write --decode nosuch /here 00
printf '\0\0\0\0\0\0\0\0' | cmp - /dev/shm/here
ipctl shm rm /here
