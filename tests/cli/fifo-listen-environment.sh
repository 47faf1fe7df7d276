#!/bin/sh
# listen -- CMD: what the command finds in its environment
. "$(dirname "$0")/lib.sh"

mkfifo fifo
export IPCTL_PRIORITY=stale IPCTL_TYPE=stale
background ipctl fifo listen -c 1 fifo -- sh -c 'env | grep ^IPCTL_ | LC_ALL=C sort >env'
echo hello >fifo
wait "$bg"
cat >wanted <<'EOF'
IPCTL_IN_DOUBT=
IPCTL_LENGTH=5
IPCTL_MECHANISM=fifo
IPCTL_NAME=fifo
IPCTL_PRIORITY=
IPCTL_SENDER_PID=
IPCTL_SENDER_UID=
IPCTL_SEQ=1
IPCTL_TYPE=
EOF
diff wanted env
