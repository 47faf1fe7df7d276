// fifo-send-lines PATH: writes each line of standard input into a FIFO, in one write(2).
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 2) errx(2, "usage: fifo-send-lines PATH");
  int fd = open(argv[1], O_WRONLY);
  if (fd < 0) err(1, "open %s", argv[1]);
  static char line[4097];
  while (fgets(line, sizeof line, stdin)) {
    ssize_t length = (ssize_t)strlen(line);
    if (write(fd, line, (size_t)length) != length) err(1, "write");
  }
  return 0;
}
