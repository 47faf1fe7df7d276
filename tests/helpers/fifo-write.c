// fifo-write PATH [SIZE COUNT [BYTE]]: opens PATH for writing and waits for a reader; copies standard input, or writes COUNT lines of
// SIZE bytes, newline included, each in one write(2).
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 2 && argc < 4) errx(2, "usage: fifo-write PATH [SIZE COUNT [BYTE]]");
  int fd = open(argv[1], O_WRONLY);
  if (fd < 0) err(1, "open %s", argv[1]);
  size_t size = argc > 2 ? strtoul(argv[2], NULL, 10) : 4096;
  unsigned long count = argc > 2 ? strtoul(argv[3], NULL, 10) : 1;
  char *line = malloc(size);
  if (!line) err(1, "malloc");
  if (argc == 2) {
    for (ssize_t n = 1; (n = read(0, line, size)) > 0;) {
      if (write(fd, line, (size_t)n) != n) err(1, "write");
    }
    return 0;
  }
  memset(line, argc > 4 ? argv[4][0] : 'x', size);
  line[size - 1] = '\n';
  while (count-- > 0) {
    if (write(fd, line, size) != (ssize_t)size) err(1, "write");
  }
  return 0;
}
