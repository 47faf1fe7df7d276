// shm-size NAME [SIZE]: prints the size of shared memory in bytes, or changes it to SIZE.
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc != 2 && argc != 3) errx(2, "usage: shm-size NAME [SIZE]");
  int descriptor = shm_open(argv[1], argc == 3 ? O_RDWR : O_RDONLY, 0);
  struct stat status;
  if (descriptor < 0 || fstat(descriptor, &status) != 0) err(1, "shm_open %s", argv[1]);
  if (argc == 3 && ftruncate(descriptor, atol(argv[2])) != 0) err(1, "ftruncate %s", argv[1]);
  if (argc == 2) printf("%lld\n", (long long)status.st_size);
  if (fflush(stdout) != 0) err(1, "standard output");
  return 0;
}
