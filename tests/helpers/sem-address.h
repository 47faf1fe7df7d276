// ADDRESS of a semaphore: a name (/s), shm:/NAME+OFFSET in shared memory, or file:PATH+OFFSET in a file; OFFSET is decimal.
#ifndef SEM_ADDRESS_H
#define SEM_ADDRESS_H

#include <err.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "map.h"

static inline sem_t *semaphore_at(const char *address) {
  bool in_memory = strncmp(address, "shm:", 4) == 0;
  if (!in_memory && strncmp(address, "file:", 5) != 0) {
    sem_t *named = sem_open(address, 0);
    if (named == SEM_FAILED) err(1, "sem_open %s", address);
    return named;
  }
  char *where = strdup(strchr(address, ':') + 1);
  if (!where) err(1, "strdup");
  char *plus = strrchr(where, '+');
  if (!plus) errx(2, "no +OFFSET in %s", address);
  *plus = '\0';
  size_t offset = byte_count(plus + 1);
  if (offset % _Alignof(sem_t) != 0) errx(2, "OFFSET is no multiple of %zu: %s", _Alignof(sem_t), address);
  int descriptor = in_memory ? shm_open(where, O_RDWR, 0) : open(where, O_RDWR | O_CLOEXEC);
  sem_t *unnamed = map_bytes(descriptor, offset, sizeof *unnamed, PROT_READ | PROT_WRITE, address);
  close(descriptor);
  free(where);
  return unnamed;
}

#endif
