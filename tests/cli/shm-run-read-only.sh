#!/bin/sh
# shm run --read-only: CMD's descriptor reads and does not write; an object that may only be read needs it.
# shellcheck disable=SC2016  # for another shell
. "$(dirname "$0")/lib.sh"

shm-make /here 4 644
shm-put /here 0 text
expect_output text ipctl shm run --read-only /here -- sh -c 'cat <&$IPCTL_FD'
expect_output 'Bad file descriptor' ipctl shm run --read-only /here -- python3 -c 'import os
try: os.write(int(os.environ["IPCTL_FD"]), b"abcd")
except OSError as error: print(error.strerror)'
expect_output text shm-get /here 0 4
[ "$root" = yes ] || { ipctl shm rm /here && exit; }
expect_status 125 as_nobody ipctl shm run /here -- echo ran
expect_error '/here: permission'
expect_output text as_nobody ipctl shm run --read-only /here -- sh -c 'cat <&$IPCTL_FD'
ipctl shm rm /here
