// mq-send NAME PRIORITY [MSG...]: sends each MSG, or all of standard input as one message, through the plain API.
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t read_all(char *buffer, size_t size) {
  size_t length = 0;
  for (;;) {
    ssize_t n = read(0, buffer + length, size - length);
    if (n < 0) err(1, "read");
    if (n == 0) return length;
    length += (size_t)n;
    if (length == size) errx(1, "standard input is too long");
  }
}

int main(int argc, char **argv) {
  if (argc < 3) errx(2, "usage: mq-send NAME PRIORITY [MSG...]");
  unsigned priority = (unsigned)strtoul(argv[2], NULL, 10);
  mqd_t queue = mq_open(argv[1], O_WRONLY);
  if (queue == (mqd_t)-1) err(1, "mq_open %s", argv[1]);
  if (argc == 3) {
    size_t size = 32 << 20;
    char *buffer = malloc(size);
    if (!buffer) err(1, "malloc");
    if (mq_send(queue, buffer, read_all(buffer, size), priority) != 0) err(1, "mq_send %s", argv[1]);
  }
  for (int i = 3; i < argc; ++i) {
    if (mq_send(queue, argv[i], strlen(argv[i]), priority) != 0) err(1, "mq_send %s", argv[1]);
  }
  return 0;
}
