// sysv-shm-make KEY SIZE MODE: creates System V shared memory of SIZE bytes, mode MODE (octal); prints its id. KEY: see sysv.h.
#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: sysv-shm-make KEY SIZE MODE");
  int id = shmget(key_of(argv[1]), (size_t)number(argv[2]), IPC_CREAT | IPC_EXCL | octal_mode(argv[3]));
  if (id < 0) err(1, "shmget %s", argv[1]);
  printf("%d\n", id);
  flush_output();
  return 0;
}
