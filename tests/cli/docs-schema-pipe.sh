#!/bin/sh
# what --json prints of pipes and FIFOs fits the JSON schema that is shipped, and does not with a key less or more
. "$(dirname "$0")/lib.sh"

. "$top/tests/helpers/schema.sh"

pipe=$(ipctl pipe create)
ipctl pipe create -J | fits objects strict
ipctl pipe stat -J "$pipe" | fits objects strict
ipctl pipe ls -J -o name,readers,bytes | fits chosen
background pipe-wait read >waiting
wait_until test -s waiting
read -r pid _ <waiting
wait_until sh -c "ipctl pipe ls -J --filter name=$pid:* | grep -q '\"call\"'"
ipctl pipe ls -J --filter "name=$pid:*" | fits objects strict
ipctl pipe ls -J | fits objects
if [ "$root" = yes ]; then as_nobody ipctl pipe ls -J | fits objects; fi
expect_status 4 ipctl pipe rm -J "$pipe" "$pipe"
fits removed strict < "$out"
mkfifo fifo "$(printf '\377')"
ipctl fifo stat -J fifo | fits objects strict
if [ "$root" = yes ]; then as_nobody ipctl fifo stat -J fifo | fits objects strict; fi
ipctl fifo ls -J . | fits objects
ipctl fifo ls -J -o state,mtime,inode . | fits chosen
kill "$bg"
all_fit
