// sysv-send-lines ID: sends each line of standard input, type 1: reads of 64 KiB, one blocking msgsnd(2) a line.
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>
#include <unistd.h>

enum { size = 64 << 10 };

int main(int argc, char **argv) {
  if (argc != 2) errx(2, "usage: sysv-send-lines ID");
  int queue = atoi(argv[1]);
  static char buffer[size];
  static struct {
    long type;
    char text[size];
  } message = {.type = 1};
  size_t filled = 0;
  for (ssize_t n; (n = read(0, buffer + filled, sizeof buffer - filled)) != 0;) {
    if (n < 0) err(1, "read");
    filled += (size_t)n;
    char *line = buffer;
    for (char *end; (end = memchr(line, '\n', filled - (size_t)(line - buffer))); line = end + 1) {
      memcpy(message.text, line, (size_t)(end - line));
      if (msgsnd(queue, &message, (size_t)(end - line), 0) != 0) err(1, "msgsnd %s", argv[1]);
    }
    filled -= (size_t)(line - buffer);
    if (filled == sizeof buffer) errx(1, "a line is too long");
    memmove(buffer, line, filled);
  }
  return 0;
}
