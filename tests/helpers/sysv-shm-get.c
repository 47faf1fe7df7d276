// sysv-shm-get ID OFFSET LENGTH: prints exactly these bytes of System V shared memory.
#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: sysv-shm-get ID OFFSET LENGTH");
  size_t length = (size_t)number(argv[3]);
  fwrite(attached_bytes(argv[1], argv[2], length, SHM_RDONLY), 1, length, stdout);
  flush_output();
  return 0;
}
