#!/bin/sh
# shm run: CMD gets the object as a descriptor from 3 to 9, reads and writes it there, and takes the place of ipctl.
# shellcheck disable=SC2016  # for another shell, or literally
. "$(dirname "$0")/lib.sh"

shm-make /here 10
shm-put /here 0 0123456789
expect_output 0123456789 ipctl shm run /here -- sh -c 'eval "cat <&$IPCTL_FD"'
expect_output 0123 ipctl shm run /here -- sh -c 'head -c 4 <&3'
expect_output '' ipctl shm run here -- sh -c 'printf abc >&$IPCTL_FD'
expect_output abc3456789 shm-get /here 0 10
expect_output '' ipctl shm run /here -- python3 -c 'import mmap, os
memory = mmap.mmap(int(os.environ["IPCTL_FD"]), 0)
assert len(memory) == int(os.environ["IPCTL_LENGTH"])
memory[8:] = b"py"'
expect_output abc34567py shm-get /here 0 10
expect_output '10 3 shm /here' env IPCTL_FD=outer IPCTL_NAME=outer \
    ipctl shm run /here -- sh -c 'echo "$IPCTL_LENGTH $IPCTL_FD $IPCTL_MECHANISM $IPCTL_NAME"'
# The arguments are not parsed again, and options after CMD are CMD's.
expect_output '<a  b><$x><--><-v>' ipctl shm run /here -- printf '<%s>' 'a  b' '$x' -- -v
# Those that are taken are left alone.
echo x >x
echo y >y
expect_output '5 abc x y' sh -c 'ipctl shm run /here -- sh -c "echo \$IPCTL_FD \$(head -c 3 <&5) \$(cat <&3) \$(cat <&4)" 3<x 4<y'
expect_output 4 sh -c 'exec ipctl shm run /here -- sh -c "echo \$IPCTL_FD" 3<x 5<y'
# No other process: the same pid.
sh -c 'echo $$; exec ipctl shm run /here -- sh -c "echo \$\$"' >pids
expect_output 1 sh -c 'uniq pids | wc -l'
ipctl shm rm /here
