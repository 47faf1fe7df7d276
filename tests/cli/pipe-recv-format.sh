#!/bin/sh
# pipe recv -F and --encode: data in all forms, number and name; what pipes do not know is -
. "$(dirname "$0")/lib.sh"

printf "it's\nb\n" | expect_output "1 fd:0 4 it's 69742773 aXQncw== 'it'\\''s' - - - %
2 fd:0 1 b 62 Yg== b - - - %" ipctl pipe listen -F '%c %n %l %s %x %B %q %p %P %u %%' fd:0
printf 'x\n' | expect_output 'T2' sh -c "ipctl pipe recv -F '%I' fd:0 | sed 's/^20.*T.*Z\$/T2/'"
for codec in hex:610909c3a4 base64:YQkJw6Q= 'quoted:a\t\tä'; do
    printf 'a\t\t\303\244\n' | expect_output "${codec#*:}" ipctl pipe recv --encode "${codec%%:*}" fd:0
done
printf 'abc\n' | expect_output '00000000  61 62 63                                          |abc|
00000003' ipctl pipe recv --encode hexdump fd:0
# Out and in again.
head -c 3000 /dev/urandom >bytes
pipe=$(ipctl pipe create)
for codec in hex base64 quoted; do
    ipctl pipe send --length-prefix -f /dev/null "$pipe"
    ipctl pipe send --length-prefix --decode base64 "$pipe" "$(base64 -w 0 bytes)"
    ipctl pipe recv --length-prefix -N --encode $codec "$pipe" >text
    ipctl pipe send --length-prefix --decode $codec "$pipe" "$(cat text)"
    ipctl pipe recv --length-prefix -N -F '%s' "$pipe" | cmp - bytes
done
