// sem-alternate A B COUNT [FILE]: COUNT times: waits for the semaphore A, appends the byte 'c' to FILE, posts B.
// A and B are addresses: see sem-address.h.
#include <err.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

#include "sem-address.h"

int main(int argc, char **argv) {
  if (argc != 4 && argc != 5) errx(2, "usage: sem-alternate A B COUNT [FILE]");
  sem_t *own = semaphore_at(argv[1]);
  sem_t *other = semaphore_at(argv[2]);
  int log = argc == 5 ? open(argv[4], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
  if (argc == 5 && log < 0) err(1, "%s", argv[4]);
  for (long left = atol(argv[3]); left > 0; --left) {
    if (sem_wait(own) != 0) err(1, "sem_wait %s", argv[1]);
    if (argc == 5 && write(log, "c", 1) != 1) err(1, "%s", argv[4]);
    if (sem_post(other) != 0) err(1, "sem_post %s", argv[2]);
  }
  return 0;
}
