// fifo-lines PATH FILE [REPORT]: writes each line of FILE into the FIFO in one write(2); REPORT is memory in which the number of lines
// that were written is kept, a long.
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 3) errx(2, "usage: fifo-lines PATH FILE [REPORT]");
  static char line[4097];
  static long unwatched;
  long *written = &unwatched;
  FILE *in = fopen(argv[2], "r");
  if (!in) err(1, "%s", argv[2]);
  if (argc > 3) {
    int report = open(argv[3], O_RDWR | O_CREAT, 0600);
    if (report < 0 || ftruncate(report, sizeof *written) != 0) err(1, "%s", argv[3]);
    written = mmap(NULL, sizeof *written, PROT_READ | PROT_WRITE, MAP_SHARED, report, 0);
    if (written == MAP_FAILED) err(1, "mmap");
  }
  int fd = open(argv[1], O_WRONLY);
  if (fd < 0) err(1, "open %s", argv[1]);
  while (fgets(line, sizeof line, in)) {
    ssize_t size = (ssize_t)strlen(line);
    if (write(fd, line, (size_t)size) != size) err(1, "write");
    ++*written;
  }
  return 0;
}
