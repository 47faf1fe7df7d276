// sysv-rm msg|shm|sem ID: removes a System V object.
#include <sys/sem.h>

#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: sysv-rm msg|shm|sem ID");
  int id = (int)number(argv[2]);
  int result;
  if (strcmp(argv[1], "msg") == 0) result = msgctl(id, IPC_RMID, NULL);
  else if (strcmp(argv[1], "shm") == 0) result = shmctl(id, IPC_RMID, NULL);
  else if (strcmp(argv[1], "sem") == 0) result = semctl(id, 0, IPC_RMID);
  else errx(2, "not a kind of object: %s", argv[1]);
  if (result != 0) err(1, "%s %s", argv[1], argv[2]);
  return 0;
}
