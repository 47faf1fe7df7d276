// sysv-sem-get ID: prints "VALUE NCNT ZCNT PID" for each semaphore of a System V set: how many wait for more, how many wait for
// zero, and who changed it last.
#include <sys/sem.h>

#include "sysv.h"

static int get(int set, int semaphore, int command) {
  int got = semctl(set, semaphore, command);
  if (got < 0) err(1, "semctl %d", set);
  return got;
}

int main(int argc, char **argv) {
  if (argc != 2) errx(2, "usage: sysv-sem-get ID");
  int set = (int)number(argv[1]);
  struct semid_ds status;
  if (semctl(set, 0, IPC_STAT, &status) != 0) err(1, "semctl %s", argv[1]);
  for (int i = 0; i < (int)status.sem_nsems; ++i) {
    printf("%d %d %d %d\n", get(set, i, GETVAL), get(set, i, GETNCNT), get(set, i, GETZCNT), get(set, i, GETPID));
  }
  flush_output();
  return 0;
}
