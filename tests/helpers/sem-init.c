// sem-init ADDRESS VALUE [private]: sem_init(3) in what exists there and is large enough; private: not shared by processes.
// ADDRESS: see sem-address.h.
#include <err.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

#include "sem-address.h"

int main(int argc, char **argv) {
  if ((argc != 3 && argc != 4) || (argc == 4 && strcmp(argv[3], "private") != 0)) {
    errx(2, "usage: sem-init ADDRESS VALUE [private]");
  }
  unsigned value = (unsigned)strtoul(argv[2], NULL, 10);
  if (sem_init(semaphore_at(argv[1]), argc == 3, value) != 0) err(1, "sem_init %s", argv[1]);
  return 0;
}
