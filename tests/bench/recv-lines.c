// recv-lines NAME COUNT: prints COUNT messages, a line each: one blocking mq_receive(3) and one write(2) a message.
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: recv-lines NAME COUNT");
  mqd_t queue = mq_open(argv[1], O_RDONLY);
  struct mq_attr attributes;
  if (queue == (mqd_t)-1 || mq_getattr(queue, &attributes) != 0) err(1, "mq_open %s", argv[1]);
  size_t size = (size_t)attributes.mq_msgsize;
  char *buffer = malloc(size + 1);
  if (!buffer) err(1, "malloc");
  for (long left = atol(argv[2]); left > 0; --left) {
    ssize_t length = mq_receive(queue, buffer, size, NULL);
    if (length < 0) err(1, "mq_receive %s", argv[1]);
    buffer[length] = '\n';
    if (write(1, buffer, (size_t)length + 1) != length + 1) err(1, "write");
  }
  return 0;
}
