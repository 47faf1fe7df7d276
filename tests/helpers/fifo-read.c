// fifo-read PATH [SIZE]: opens PATH for reading and waits for a writer; copies all to standard output until its end, or reads once,
// up to SIZE bytes.
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2) errx(2, "usage: fifo-read PATH [SIZE]");
  int fd = open(argv[1], O_RDONLY);
  if (fd < 0) err(1, "open %s", argv[1]);
  size_t size = argc > 2 ? strtoul(argv[2], NULL, 10) : 65536;
  char *buffer = malloc(size);
  if (!buffer) err(1, "malloc");
  for (ssize_t n = 1; (n = read(fd, buffer, size)) != 0;) {
    if (n < 0) err(1, "read");
    if (write(1, buffer, (size_t)n) != n) err(1, "write");
    if (argc > 2) return 0;
  }
  return 0;
}
