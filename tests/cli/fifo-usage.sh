#!/bin/sh
# what excludes each other is status 2, and opens nothing
. "$(dirname "$0")/lib.sh"

mkfifo fifo
usage() {
    expect_status 2 "$@"
    expect_error "$text"
}
text='--nonblock and --timeout exclude each other'
for verb in send recv listen; do usage ipctl fifo $verb -n -w 1 fifo; done
text='--all and --timeout exclude each other'
usage ipctl fifo recv -a -w 1 fifo
text='not both'
usage ipctl fifo send -f file fifo message
text='--max-size: 1 to 4 GiB'
usage ipctl fifo recv --max-size 0 fifo
usage ipctl fifo recv --max-size 5G fifo
text='nothing goes back into a pipe'
usage ipctl fifo listen --on-failure requeue fifo -- true
text='--stream passes all bytes as they are'
for option in -l -0 -N -a '-c 2' '--encode hex' '-F %s' '--journal j'; do
    # shellcheck disable=SC2086  # an option and its value
    usage ipctl fifo recv --stream $option fifo
done
text='recv --stream'
usage ipctl fifo listen --stream fifo
text='--mode and --owner are for --create'
usage ipctl fifo listen -m 600 fifo
text='they need -- CMD'
usage ipctl fifo listen -j 2 fifo
text='--replay needs --journal'
usage ipctl fifo recv --replay fifo
text='--drain waits'
usage ipctl fifo send --drain -n fifo x
test ! -e j
