// sysv-exists msg|shm|sem ID: status 0 when there is such a System V object, also one that this user may not read; 1 when not.
#include <sys/sem.h>

#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: sysv-exists msg|shm|sem ID");
  int id = (int)number(argv[2]);
  struct msqid_ds queue;
  struct shmid_ds memory;
  struct semid_ds set;
  int result;
  if (strcmp(argv[1], "msg") == 0) result = msgctl(id, IPC_STAT, &queue);
  else if (strcmp(argv[1], "shm") == 0) result = shmctl(id, IPC_STAT, &memory);
  else if (strcmp(argv[1], "sem") == 0) result = semctl(id, 0, IPC_STAT, &set);
  else errx(2, "not a kind of object: %s", argv[1]);
  return result != 0 && errno != EACCES;
}
