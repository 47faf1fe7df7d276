// mq-flood NAME SENDER COUNT: sends the messages "SENDER-1" to "SENDER-COUNT", waiting for room, through the plain API.
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: mq-flood NAME SENDER COUNT");
  mqd_t queue = mq_open(argv[1], O_WRONLY);
  if (queue == (mqd_t)-1) err(1, "mq_open %s", argv[1]);
  long count = atol(argv[3]);
  for (long i = 1; i <= count; ++i) {
    char body[128];
    int length = snprintf(body, sizeof body, "%s-%ld", argv[2], i);
    if (length < 0 || (size_t)length >= sizeof body) errx(2, "SENDER is too long");
    if (mq_send(queue, body, (size_t)length, 0) != 0) err(1, "mq_send %s", argv[1]);
  }
  return 0;
}
