#!/bin/sh
# mq stat and ls -o: chosen columns in that order, +COL adds, any letter case; an unknown one is refused with those there are.
. "$(dirname "$0")/lib.sh"

mq-make /q 7 2048 0640
mq-send /q 0 abc
expect_output 'MESSAGES NAME
       1 /q' ipctl mq ls -o messages,NAME
expect_output '1 /q' ipctl mq ls --raw --noheadings -o Messages,name
expect_output 'MESSAGES  1' ipctl mq stat -o messages /q
expect_output '1' ipctl mq stat --noheadings -o messages /q
expect_output '1
/q
0640' ipctl mq stat --noheadings --output=messages,name,mode /q
expect_output '2K' ipctl mq stat --noheadings -o msgsize /q
expect_output '2048' ipctl mq stat --noheadings -b -o msgsize /q
expect_output '3' ipctl mq ls --noheadings --raw --bytes -o bytes
plain=$(ipctl mq ls | head -1 | xargs)
expect_output "$plain INODE USAGE" sh -c 'ipctl mq ls -o +inode,usage | head -1 | xargs'
expect_output "$plain" sh -c 'ipctl mq ls -o +name | head -1 | xargs'
for wrong in nosuch 'name,' ,name 'name mode' +nosuch; do
    expect_status 2 ipctl mq ls -o "$wrong"
    expect_error REGISTRANT
    expect_status 2 ipctl mq stat -o "$wrong" /q
    expect_error REGISTRANT
done
expect_output '{"schema":1,"objects":[{"mechanism":"mq","name":"/q","messages":1}]}' ipctl mq ls -J -o name,messages
ipctl mq rm /q
