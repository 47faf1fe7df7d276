#!/bin/sh
# sem ls: sorted by name, columns and --filter as anywhere; an empty list is no error, in JSON too.
. "$(dirname "$0")/lib.sh"

expect_output '' ipctl sem ls --noheadings
expect_output '{"schema":1,"objects":[]}' ipctl sem ls -J
sem-make /b 0 0600
sem-make /a 3 0640
sem-make /c 0 0666
shm-make /memory 100
expect_output '/a 3
/b 0
/c 0' ipctl sem ls --raw --noheadings -o name,value
expect_output 'NAME OWNER MODE VALUE WAITERS' sh -c 'ipctl sem ls | head -n 1'
expect_output '/b
/c' ipctl sem ls --noheadings -o name --filter value=0
expect_output /c ipctl sem ls --noheadings -o name --filter value=0 --filter mode=0666
expect_output /a ipctl sem ls --noheadings -o name --filter 'name=/[ad]'
expect_output '' ipctl sem ls --noheadings -o name --filter value=7
expect_output '{"schema":1,"objects":[{"mechanism":"sem","name":"/a","value":3}]}' ipctl sem ls -J -o name,value --filter value=3
expect_status 2 ipctl sem ls --filter nonsense=1
expect_error nonsense
expect_status 2 ipctl sem ls /a
expect_status 2 ipctl sem ls -o nonsense
ipctl sem rm /a /b /c
rm /dev/shm/memory
