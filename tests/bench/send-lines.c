// send-lines NAME: sends each line of standard input: reads of 64 KiB, one blocking mq_send(3) a line.
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 2) errx(2, "usage: send-lines NAME");
  mqd_t queue = mq_open(argv[1], O_WRONLY);
  if (queue == (mqd_t)-1) err(1, "mq_open %s", argv[1]);
  static char buffer[64 << 10];
  size_t filled = 0;
  for (ssize_t n; (n = read(0, buffer + filled, sizeof buffer - filled)) != 0;) {
    if (n < 0) err(1, "read");
    filled += (size_t)n;
    char *line = buffer;
    for (char *end; (end = memchr(line, '\n', filled - (size_t)(line - buffer))); line = end + 1) {
      if (mq_send(queue, line, (size_t)(end - line), 0) != 0) err(1, "mq_send %s", argv[1]);
    }
    filled -= (size_t)(line - buffer);
    if (filled == sizeof buffer) errx(1, "a line is too long");
    memmove(buffer, line, filled);
  }
  return 0;
}
