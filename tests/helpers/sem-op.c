// sem-op ADDRESS post|wait|trywait|value [COUNT]: does it COUNT times (1). value: prints it; trywait stops with status 3 when
// it would have to wait. ADDRESS: see sem-address.h.
#include <err.h>
#include <errno.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sem-address.h"

static int print_value(sem_t *semaphore) {
  int value;
  if (sem_getvalue(semaphore, &value) != 0) return -1;
  printf("%d\n", value);
  return fflush(stdout);
}

static const struct operation {
  const char *name;
  int (*apply)(sem_t *);
} operations[] = {{"post", sem_post}, {"wait", sem_wait}, {"trywait", sem_trywait}, {"value", print_value}};

static const struct operation *find_operation(const char *name) {
  for (size_t i = 0; i < sizeof operations / sizeof *operations; ++i) {
    if (strcmp(operations[i].name, name) == 0) return &operations[i];
  }
  errx(2, "not an operation: %s", name);
}

int main(int argc, char **argv) {
  if (argc != 3 && argc != 4) errx(2, "usage: sem-op ADDRESS post|wait|trywait|value [COUNT]");
  const struct operation *operation = find_operation(argv[2]);
  sem_t *semaphore = semaphore_at(argv[1]);
  for (long left = argc == 4 ? atol(argv[3]) : 1; left > 0; --left) {
    if (operation->apply(semaphore) == 0) continue;
    if (operation->apply == sem_trywait && errno == EAGAIN) return 3;
    err(1, "%s %s", operation->name, argv[1]);
  }
  return 0;
}
