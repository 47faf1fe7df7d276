// sem-make NAME VALUE [MODE]: creates a named POSIX semaphore, mode exactly MODE (octal, 0600).
#include <err.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/stat.h>

int main(int argc, char **argv) {
  if (argc != 3 && argc != 4) errx(2, "usage: sem-make NAME VALUE [MODE]");
  mode_t mode = argc == 4 ? (mode_t)strtoul(argv[3], NULL, 8) : 0600;
  unsigned value = (unsigned)strtoul(argv[2], NULL, 10);
  umask(0);
  if (sem_open(argv[1], O_CREAT | O_EXCL, mode, value) == SEM_FAILED) err(1, "sem_open %s", argv[1]);
  return 0;
}
