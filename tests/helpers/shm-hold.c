// shm-hold NAME open|map|both|map-read|private [unlink]: holds shared memory, prints its own pid, and goes on until standard
// input ends or it is killed. open: a descriptor; map: mapped for reading and writing; both: these two; map-read: mapped for
// reading only; private: mapped with MAP_PRIVATE. unlink: removes the name once it is held.
// Standard input that is closed or /dev/null never ends, so that it can run in the background of a script.
#include <err.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hold.h"

static const struct way {
  const char *name;
  int access;
  int protection;  // PROT_NONE: not mapped
  int sharing;
  bool keeps_descriptor;
} ways[] = {
    {"open", O_RDWR, PROT_NONE, 0, true},
    {"map", O_RDWR, PROT_READ | PROT_WRITE, MAP_SHARED, false},
    {"both", O_RDWR, PROT_READ | PROT_WRITE, MAP_SHARED, true},
    {"map-read", O_RDONLY, PROT_READ, MAP_SHARED, false},
    {"private", O_RDONLY, PROT_READ | PROT_WRITE, MAP_PRIVATE, false},
};

static const struct way *find_way(const char *name) {
  for (size_t i = 0; i < sizeof ways / sizeof *ways; ++i) {
    if (strcmp(ways[i].name, name) == 0) return &ways[i];
  }
  errx(2, "not a way to hold shared memory: %s", name);
}

int main(int argc, char **argv) {
  if ((argc != 3 && argc != 4) || (argc == 4 && strcmp(argv[3], "unlink") != 0)) {
    errx(2, "usage: shm-hold NAME open|map|both|map-read|private [unlink]");
  }
  const struct way *way = find_way(argv[2]);
  bool until_input_ends = input_ends();
  int descriptor = shm_open(argv[1], way->access, 0);
  struct stat status;
  if (descriptor < 0 || fstat(descriptor, &status) != 0) err(1, "shm_open %s", argv[1]);
  if (way->protection != PROT_NONE &&
      mmap(NULL, (size_t)status.st_size, way->protection, way->sharing, descriptor, 0) == MAP_FAILED) {
    err(1, "mmap %s", argv[1]);
  }
  if (!way->keeps_descriptor) close(descriptor);
  if (argc == 4 && shm_unlink(argv[1]) != 0) err(1, "shm_unlink %s", argv[1]);
  hold(until_input_ends);
  return 0;
}
