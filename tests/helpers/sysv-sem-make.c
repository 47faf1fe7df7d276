// sysv-sem-make KEY N MODE [VALUE...]: creates a System V set of N semaphores, mode MODE (octal), sets all their values if they
// are given (SETALL), and prints its id. KEY: see sysv.h.
#include <sys/sem.h>

#include "sysv.h"

int main(int argc, char **argv) {
  if (argc < 4) errx(2, "usage: sysv-sem-make KEY N MODE [VALUE...]");
  int count = (int)number(argv[2]);
  if (argc > 4 && argc != 4 + count) errx(2, "%d values for %d semaphores", argc - 4, count);
  int set = semget(key_of(argv[1]), count, IPC_CREAT | IPC_EXCL | octal_mode(argv[3]));
  if (set < 0) err(1, "semget %s", argv[1]);
  if (argc > 4) {
    unsigned short *values = calloc((size_t)count, sizeof *values);
    if (!values) err(1, "calloc");
    for (int i = 0; i < count; ++i) values[i] = (unsigned short)number(argv[4 + i]);
    if (semctl(set, 0, SETALL, values) != 0) err(1, "semctl SETALL");
  }
  printf("%d\n", set);
  flush_output();
  return 0;
}
