// sysv-sem-hold ID NUM: takes one from a semaphore of a System V set with SEM_UNDO, prints "ready", and keeps it until standard
// input ends or it is killed.
// Standard input that is closed or /dev/null never ends, so that it can run in the background of a script.
#include <sys/sem.h>

#include "hold.h"
#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: sysv-sem-hold ID NUM");
  bool until_input_ends = input_ends();
  struct sembuf take = {.sem_num = (unsigned short)number(argv[2]), .sem_op = -1, .sem_flg = SEM_UNDO};
  if (semop((int)number(argv[1]), &take, 1) != 0) err(1, "semop %s", argv[1]);
  puts("ready");
  flush_output();
  wait_for_end(until_input_ends);
  return 0;
}
