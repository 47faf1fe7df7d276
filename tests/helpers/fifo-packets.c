// fifo-packets PATH MSG...: writes each MSG as one packet, O_DIRECT of pipe(2).
#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 3) errx(2, "usage: fifo-packets PATH MSG...");
  int fd = open(argv[1], O_WRONLY);
  if (fd < 0) err(1, "open %s", argv[1]);
  if (fcntl(fd, F_SETFL, O_DIRECT) != 0) err(1, "O_DIRECT");
  for (int i = 2; i < argc; ++i) {
    if (write(fd, argv[i], strlen(argv[i])) != (ssize_t)strlen(argv[i])) err(1, "write");
  }
  return 0;
}
