// sysv-shm-wake ID OFFSET VALUE: stores the 32 bits VALUE in System V shared memory atomically, and wakes all that wait there
// (futex(2)).
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: sysv-shm-wake ID OFFSET VALUE");
  if (number(argv[2]) % (long)sizeof(uint32_t) != 0) errx(2, "OFFSET is no multiple of 4: %s", argv[2]);
  _Atomic uint32_t *word = attached_bytes(argv[1], argv[2], sizeof *word, 0);
  atomic_store(word, (uint32_t)number(argv[3]));
  if (syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0) < 0) err(1, "futex %s", argv[1]);
  return 0;
}
