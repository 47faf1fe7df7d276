// What the helpers share that hold something open until standard input ends or they are killed.
#ifndef HOLD_H
#define HOLD_H

#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// Standard input that is closed or /dev/null never ends. To be asked before anything is opened: that could become descriptor 0.
static inline bool input_ends(void) {
  struct stat input;
  return fstat(0, &input) == 0 && !(S_ISCHR(input.st_mode) && input.st_rdev == makedev(1, 3));
}

static inline void wait_for_end(bool until_input_ends) {
  char ignored[512];
  while (until_input_ends && read(0, ignored, sizeof ignored) > 0) continue;
  while (!until_input_ends) pause();
}

// Prints the pid of this process, then waits.
static inline void hold(bool until_input_ends) {
  printf("%d\n", (int)getpid());
  if (fflush(stdout) != 0) err(1, "standard output");
  wait_for_end(until_input_ends);
}

#endif
