// mq-recv [-r] [-n] NAME [COUNT]: receives COUNT messages (1) through the plain API and prints "PRIORITY LENGTH BYTES\n" for
// each; -r: the bytes alone; -n: does not wait, stops with status 3 when the queue is empty.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void print(bool raw, unsigned priority, const char *data, size_t length) {
  if (!raw) printf("%u %zu ", priority, length);
  fwrite(data, 1, length, stdout);
  if (!raw) putchar('\n');
  if (fflush(stdout) != 0) err(1, "standard output");
}

int main(int argc, char **argv) {
  bool raw = false, nonblock = false;
  for (int c; (c = getopt(argc, argv, "rn")) != -1;) {
    if (c == 'r') raw = true;
    else if (c == 'n') nonblock = true;
    else return 2;
  }
  if (optind >= argc) errx(2, "usage: mq-recv [-r] [-n] NAME [COUNT]");
  const char *name = argv[optind];
  long count = optind + 1 < argc ? atol(argv[optind + 1]) : 1;
  mqd_t queue = mq_open(name, O_RDONLY | (nonblock ? O_NONBLOCK : 0));
  struct mq_attr attributes;
  if (queue == (mqd_t)-1 || mq_getattr(queue, &attributes) != 0) err(1, "mq_open %s", name);
  size_t size = (size_t)attributes.mq_msgsize;
  char *buffer = malloc(size);
  if (!buffer) err(1, "malloc");
  for (; count > 0; --count) {
    unsigned priority;
    ssize_t length = mq_receive(queue, buffer, size, &priority);
    if (length < 0 && errno == EAGAIN) return 3;
    if (length < 0) err(1, "mq_receive %s", name);
    print(raw, priority, buffer, (size_t)length);
  }
  return 0;
}
