// fifo-open HOW PATH: opens PATH in a call that blocks until the other side comes, then prints "open" and waits for standard
// input to end. HOW: open, openat (below the current directory, by its descriptor), openat2, creat (for writing); with "-write"
// after it for writing. chroot: opens for reading with the directory of PATH as root directory.
#include <err.h>
#include <fcntl.h>
#include <libgen.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "hold.h"

static int open_in_root(const char *path) {
  char *for_directory = strdup(path), *for_name = strdup(path), name[4096];
  snprintf(name, sizeof name, "/%s", basename(for_name));
  if (chroot(dirname(for_directory)) != 0 || chdir("/") != 0) err(1, "chroot");
  return open(name, O_RDONLY);
}

static int open_as(const char *how, const char *path) {
  size_t length = strcspn(how, "-");
  int flags = how[length] != '\0' ? O_WRONLY : O_RDONLY;
  if (strncmp(how, "creat", length) == 0) return creat(path, 0600);
  if (strncmp(how, "chroot", length) == 0) return open_in_root(path);
  if (strncmp(how, "openat2", length) == 0) {
    struct open_how full = {.flags = (unsigned)flags};
    return (int)syscall(SYS_openat2, AT_FDCWD, path, &full, sizeof full);
  }
#ifdef SYS_open
  if (length == 4) return (int)syscall(SYS_open, path, flags);
#endif
  int here = open(".", O_RDONLY | O_DIRECTORY);
  return openat(here, path, flags);
}

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: fifo-open open|openat|openat2|creat|chroot[-write] PATH");
  bool until_input_ends = input_ends();
  if (open_as(argv[1], argv[2]) < 0) err(1, "%s %s", argv[1], argv[2]);
  puts("open");
  if (fflush(stdout) != 0) err(1, "standard output");
  wait_for_end(until_input_ends);
  return 0;
}
