// fifo-flags FD: prints the file status flags of a descriptor that it inherits, and the bytes in it.
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

int main(int argc, char **argv) {
  if (argc != 2) errx(2, "usage: fifo-flags FD");
  int flags = fcntl(atoi(argv[1]), F_GETFL), bytes = -1;
  if (flags < 0) err(1, "F_GETFL");
  ioctl(atoi(argv[1]), FIONREAD, &bytes);
  printf("%#o %d\n", flags & ~O_ACCMODE, bytes);
  return 0;
}
