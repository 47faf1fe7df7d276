#!/bin/sh
# -w holds for all of send --to and recv --from: a command that has not ended in time gets SIGTERM, and the status is 124
. "$(dirname "$0")/lib.sh"

# Whether it was asked to end shows in a file.
late='trap "echo TERM >>asked; kill \$!; exit 5" TERM; sleep 1000 <&- >&- & wait'
asked() { expect_output TERM cat asked && rm asked; }
expect_status 124 ipctl pipe send -w 200ms --to "$late" message
expect_error 'has not ended in time: it gets SIGTERM'
asked
expect_status 124 sh -c "seq 100000 | ipctl pipe send -w 200ms --to '$late'"
asked
expect_status 124 ipctl pipe recv -w 200ms --from "$late"
asked
expect_status 124 ipctl pipe recv -w 200ms --from "echo message; $late"
expect_printed message
asked
expect_status 124 ipctl pipe listen -w 200ms --from "echo message; exec >&-; $late"
expect_printed message
asked
expect_status 124 ipctl pipe recv --stream -w 200ms --from "echo message; $late"
expect_printed message
asked
# In time.
expect_output x ipctl pipe send -w 100 --to cat x
expect_output x ipctl pipe recv -w 100 --from 'echo x'
expect_status 2 ipctl pipe recv -n --from 'echo x'
expect_error "what a command has written by now is chance; 'ipctl pipe listen --from' takes all of it"
expect_status 2 ipctl pipe recv -a --from 'echo x'
