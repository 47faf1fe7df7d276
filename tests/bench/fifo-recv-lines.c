// fifo-recv-lines PATH: copies lines from a FIFO to standard output until its end, each in one write(2). It takes more than a line at
// a time, which only the last reader of a FIFO may do.
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 2) errx(2, "usage: fifo-recv-lines PATH");
  FILE *fifo = fopen(argv[1], "r");
  if (!fifo) err(1, "open %s", argv[1]);
  static char buffer[65536];
  setvbuf(fifo, buffer, _IOFBF, sizeof buffer);
  static char line[4097];
  while (fgets(line, sizeof line, fifo)) {
    ssize_t length = (ssize_t)strlen(line);
    if (write(1, line, (size_t)length) != length) err(1, "write");
  }
  return 0;
}
