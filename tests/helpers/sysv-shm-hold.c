// sysv-shm-hold ID [COUNT]: attaches System V shared memory COUNT times (1), prints "ready", and keeps it until standard input
// ends or it is killed.
// Standard input that is closed or /dev/null never ends, so that it can run in the background of a script.
#include "hold.h"
#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 2 && argc != 3) errx(2, "usage: sysv-shm-hold ID [COUNT]");
  bool until_input_ends = input_ends();
  for (long left = argc == 3 ? number(argv[2]) : 1; left > 0; --left) {
    if (shmat((int)number(argv[1]), NULL, 0) == (void *)-1) err(1, "shmat %s", argv[1]);
  }
  puts("ready");
  flush_output();
  wait_for_end(until_input_ends);
  return 0;
}
