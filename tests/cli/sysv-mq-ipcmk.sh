#!/bin/sh
# sysv-mq and util-linux: what ipcmk makes ipctl finds, ipcrm removes what ipctl made, and ipcs -q -i shows what stat shows.
. "$(dirname "$0")/lib.sh"

command -v ipcmk >/dev/null && command -v ipcs >/dev/null || skip "no ipcmk: package util-linux-extra"
ipcmk -Q -p 0604 >said
id=$(tr -cd 0-9 <said)
expect_output "$id 0604 0 0" ipctl sysv-mq stat -b --raw --noheadings -o id,mode,messages,bytes "$id"
ipctl sysv-mq send -t 3 "$id" abc defg
ipctl sysv-mq recv "$id" >/dev/null
field() { ipcs -q -i "$id" | tr '\t' '\n' | sed -n "s/^$1=//p"; }
for pair in cbytes:bytes qbytes:capacity qnum:messages lspid:lspid lrpid:lrpid mode:mode; do
    expect_output "$(field "${pair%:*}")" ipctl sysv-mq stat -b --noheadings -o "${pair#*:}" "$id"
done
key=$(ipctl sysv-mq stat --noheadings -o key "$id")
ipcrm -q "$id"
expect_status 4 ipctl sysv-mq stat "$id"
expect_status 4 ipctl sysv-mq stat "$key"
id=$(ipctl sysv-mq create "$key")
ipcrm -Q "$key"
expect_status 4 ipctl sysv-mq send "$id" x
id=$(ipctl sysv-mq create)
expect_output '' ipctl sysv-mq rm "$id"
expect_status 1 ipcrm -q "$id"
