// shm-put NAME OFFSET TEXT: copies TEXT, without a NUL, into shared memory through a mapping.
#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#include "map.h"

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: shm-put NAME OFFSET TEXT");
  size_t length = strlen(argv[3]);
  int descriptor = shm_open(argv[1], O_RDWR, 0);
  void *bytes = map_bytes(descriptor, byte_count(argv[2]), length, PROT_READ | PROT_WRITE, argv[1]);
  if (length > 0) memcpy(bytes, argv[3], length);
  return 0;
}
