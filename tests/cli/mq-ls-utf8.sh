#!/bin/sh
# mq ls shows a name that is text as it is, in any locale; the columns stay in line.
. "$(dirname "$0")/lib.sh"

ipctl mq create --message-size 1K /müller
ipctl mq create --message-size 1K /x
for locale in C.UTF-8 C; do
    expect_output '/müller 0
/x      0' env LC_ALL=$locale ipctl mq ls --noheadings -o name,messages
    expect_output '/müller' env LC_ALL=$locale ipctl mq stat --noheadings -o name /müller
done
ipctl mq rm /müller /x
