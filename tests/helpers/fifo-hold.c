// fifo-hold PATH r|w|rw [CAPACITY]: has PATH open until it is killed, its capacity set; prints "open" and the capacity then.
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 3) errx(2, "usage: fifo-hold PATH r|w|rw [CAPACITY]");
  int mode = strcmp(argv[2], "r") == 0 ? O_RDONLY : strcmp(argv[2], "w") == 0 ? O_WRONLY : O_RDWR;
  int fd = open(argv[1], mode);
  if (fd < 0) err(1, "open %s", argv[1]);
  if (argc > 3 && fcntl(fd, F_SETPIPE_SZ, atoi(argv[3])) < 0) err(1, "F_SETPIPE_SZ");
  printf("open %d\n", fcntl(fd, F_GETPIPE_SZ));
  fflush(stdout);
  for (;;) pause();
}
