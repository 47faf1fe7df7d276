#!/bin/sh
# An option whose value is empty is refused: "$UNSET" must not come to mean one's own namespace, standard input, or no journal.
. "$(dirname "$0")/lib.sh"

ipctl mq create /q
ipctl mq send /q kept
expect_status 2 ipctl mq rm --ns '' /q
expect_error '--ns: the value is empty'
expect_status 2 ipctl mq recv --journal= /q
expect_status 2 ipctl mq send -f '' /q
expect_output kept ipctl mq recv /q
ipctl mq send /q ''
expect_output '0 ""' ipctl mq recv -F '%l "%s"' /q
ipctl mq rm /q
