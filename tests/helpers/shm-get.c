// shm-get NAME OFFSET LENGTH: prints exactly these bytes of shared memory, read through a mapping.
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>

#include "map.h"

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: shm-get NAME OFFSET LENGTH");
  size_t length = byte_count(argv[3]);
  int descriptor = shm_open(argv[1], O_RDONLY, 0);
  const void *bytes = map_bytes(descriptor, byte_count(argv[2]), length, PROT_READ, argv[1]);
  if (length > 0) fwrite(bytes, 1, length, stdout);
  if (fflush(stdout) != 0 || ferror(stdout)) err(1, "standard output");
  return 0;
}
