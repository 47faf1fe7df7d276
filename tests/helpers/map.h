// What the helpers share that look into shared memory or a file.
#ifndef MAP_H
#define MAP_H

#include <err.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

static inline size_t byte_count(const char *text) {
  char *end;
  size_t number = strtoul(text, &end, 10);
  if (*text < '0' || *text > '9' || *end) errx(2, "not a number: %s", text);
  return number;
}

// Maps LENGTH bytes from OFFSET, shared; WHAT names them in errors. Bytes beyond the end are an error here, not SIGBUS later.
static inline void *map_bytes(int descriptor, size_t offset, size_t length, int protection, const char *what) {
  struct stat status;
  if (descriptor < 0 || fstat(descriptor, &status) != 0) err(1, "%s", what);
  size_t size = (size_t)status.st_size;
  if (offset > size || length > size - offset) errx(1, "%s has only %zu bytes", what, size);
  if (size == 0) return NULL;
  char *start = mmap(NULL, size, protection, MAP_SHARED, descriptor, 0);
  if (start == MAP_FAILED) err(1, "mmap %s", what);
  return start + offset;
}

#endif
