// mq-hold NAME r|w|rw: opens a queue, prints its own pid, and keeps the queue open until standard input ends or it is killed.
// Standard input that is closed or /dev/null never ends, so that it can run in the background of a script.
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static int access_mode(const char *text) {
  if (strcmp(text, "r") == 0) return O_RDONLY;
  if (strcmp(text, "w") == 0) return O_WRONLY;
  if (strcmp(text, "rw") == 0) return O_RDWR;
  errx(2, "access is r, w or rw, not %s", text);
}

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: mq-hold NAME r|w|rw");
  struct stat input;
  int has_input = fstat(0, &input) == 0 && !(S_ISCHR(input.st_mode) && input.st_rdev == makedev(1, 3));
  if (mq_open(argv[1], access_mode(argv[2])) == (mqd_t)-1) err(1, "mq_open %s", argv[1]);
  printf("%d\n", (int)getpid());
  if (fflush(stdout) != 0) err(1, "standard output");
  char ignored[512];
  while (has_input && read(0, ignored, sizeof ignored) > 0) continue;
  while (!has_input) pause();
  return 0;
}
