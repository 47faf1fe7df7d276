#!/bin/sh
# shm read -F: data, encodings, length and name as in any other mechanism; what memory has not is '-'.
. "$(dirname "$0")/lib.sh"

ipctl shm create /here 6
shm-put /here 0 'it"s '
ipctl shm write /here --offset 5 --decode hex 0a
expect_output '/here 5 it"s |' ipctl shm read --length 5 -F '%n %l %s|' /here
expect_output '6974227320 aXQicyA= 5' ipctl shm read --length 5 -F '%x %B %l' /here
expect_output "$(printf '1 - - - %%\t\007')" ipctl shm read -F '%c %p %P %u %%\t\x07' /here
expect_output "'it\"s '" ipctl shm read --length 5 -F %q /here
ipctl shm read -F '%U' /here >got
python3 -c 'import time; assert abs(float(open("got").read()) - time.time()) < 100'
ipctl shm read -N -F '%s' /here | cmp - /dev/shm/here
expect_status 2 ipctl shm read -F %y /here
ipctl shm rm /here
