// shm-wake NAME OFFSET VALUE: stores the 32 bits VALUE in shared memory atomically, and wakes all that wait there (futex(2)).
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "map.h"

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: shm-wake NAME OFFSET VALUE");
  size_t offset = byte_count(argv[2]);
  if (offset % sizeof(uint32_t) != 0) errx(2, "OFFSET is no multiple of 4: %zu", offset);
  int descriptor = shm_open(argv[1], O_RDWR, 0);
  _Atomic uint32_t *word = map_bytes(descriptor, offset, sizeof *word, PROT_READ | PROT_WRITE, argv[1]);
  atomic_store(word, (uint32_t)strtoll(argv[3], NULL, 10));
  if (syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0) < 0) err(1, "futex %s", argv[1]);
  return 0;
}
