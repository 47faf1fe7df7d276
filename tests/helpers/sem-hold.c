// sem-hold NAME create VALUE | sem-hold NAME open: creates or opens a named semaphore, prints its own pid, and keeps it open
// until standard input ends or it is killed.
// Standard input that is closed or /dev/null never ends, so that it can run in the background of a script.
#include <err.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

#include "hold.h"

int main(int argc, char **argv) {
  bool creates = argc == 4 && strcmp(argv[2], "create") == 0;
  if (!creates && (argc != 3 || strcmp(argv[2], "open") != 0)) {
    errx(2, "usage: sem-hold NAME create VALUE | sem-hold NAME open");
  }
  bool until_input_ends = input_ends();
  unsigned value = creates ? (unsigned)strtoul(argv[3], NULL, 10) : 0;
  if (sem_open(argv[1], creates ? O_CREAT | O_EXCL : 0, 0600, value) == SEM_FAILED) err(1, "sem_open %s", argv[1]);
  hold(until_input_ends);
  return 0;
}
