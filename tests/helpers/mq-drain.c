// mq-drain NAME COUNT: receives COUNT messages through the plain API and prints each body on a line.
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: mq-drain NAME COUNT");
  mqd_t queue = mq_open(argv[1], O_RDONLY);
  struct mq_attr attributes;
  if (queue == (mqd_t)-1 || mq_getattr(queue, &attributes) != 0) err(1, "mq_open %s", argv[1]);
  size_t size = (size_t)attributes.mq_msgsize;
  char *buffer = malloc(size);
  if (!buffer) err(1, "malloc");
  for (long left = atol(argv[2]); left > 0; --left) {
    ssize_t length = mq_receive(queue, buffer, size, NULL);
    if (length < 0) err(1, "mq_receive %s", argv[1]);
    fwrite(buffer, 1, (size_t)length, stdout);
    putchar('\n');
  }
  if (fflush(stdout) != 0 || ferror(stdout)) err(1, "standard output");
  return 0;
}
