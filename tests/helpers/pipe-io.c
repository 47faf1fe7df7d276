// pipe-io write FD SIZE... | read FD [SIZE]: plain calls. write: one write(2) of each SIZE, of the letters a, b, ...
// read: the length and the first byte of what each read(2) of SIZE bytes (default 65536) gives, until the end.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char bytes[1 << 20];

int main(int argc, char **argv) {
  if (argc < 3) errx(2, "usage: pipe-io write FD SIZE... | read FD [SIZE]");
  const int fd = atoi(argv[2]);
  if (strcmp(argv[1], "write") == 0) {
    for (int i = 3; i < argc; ++i) {
      const size_t size = strtoul(argv[i], NULL, 10);
      if (size > sizeof bytes) errx(2, "%s is too much", argv[i]);
      memset(bytes, 'a' + i - 3, size);
      if (write(fd, bytes, size) != (ssize_t)size) err(1, "write");
    }
    return 0;
  }
  const size_t size = argc > 3 ? strtoul(argv[3], NULL, 10) : 65536;
  if (size > sizeof bytes) errx(2, "%s is too much", argv[3]);
  ssize_t got;
  while ((got = read(fd, bytes, size)) > 0) {
    printf("%zd %c\n", got, bytes[0]);
    fflush(stdout);
  }
  if (got < 0) err(1, "read");
  return 0;
}
