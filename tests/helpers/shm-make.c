// shm-make NAME SIZE [MODE]: creates a POSIX shared memory object of SIZE bytes, mode exactly MODE (octal, 0600).
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 3 && argc != 4) errx(2, "usage: shm-make NAME SIZE [MODE]");
  mode_t mode = argc == 4 ? (mode_t)strtoul(argv[3], NULL, 8) : 0600;
  umask(0);
  int descriptor = shm_open(argv[1], O_RDWR | O_CREAT | O_EXCL, mode);
  if (descriptor < 0) err(1, "shm_open %s", argv[1]);
  if (ftruncate(descriptor, atol(argv[2])) != 0) err(1, "ftruncate %s", argv[1]);
  return 0;
}
