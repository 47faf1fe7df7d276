// shm-waitword NAME OFFSET VALUE: prints "waiting", waits while the 32 bits there are VALUE (futex(2)), prints their new value.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "map.h"

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: shm-waitword NAME OFFSET VALUE");
  size_t offset = byte_count(argv[2]);
  if (offset % sizeof(uint32_t) != 0) errx(2, "OFFSET is no multiple of 4: %zu", offset);
  uint32_t old = (uint32_t)strtoll(argv[3], NULL, 10);
  int descriptor = shm_open(argv[1], O_RDONLY, 0);
  _Atomic uint32_t *word = map_bytes(descriptor, offset, sizeof *word, PROT_READ, argv[1]);
  puts("waiting");
  if (fflush(stdout) != 0) err(1, "standard output");
  uint32_t now;
  while ((now = atomic_load(word)) == old) {
    if (syscall(SYS_futex, word, FUTEX_WAIT, old, NULL, NULL, 0) < 0 && errno != EAGAIN && errno != EINTR) {
      err(1, "futex %s", argv[1]);
    }
  }
  printf("%u\n", now);
  if (fflush(stdout) != 0) err(1, "standard output");
  return 0;
}
