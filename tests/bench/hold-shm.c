// hold-shm COUNT: makes COUNT objects of 4 KiB, /held-0 and so on, and ten processes that hold them: one half mapped
// and closed, the other open. Prints a line once all are held, and ends with its standard input.
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { holders = 10, size = 4096 };

static void hold(unsigned long number) {
  char name[64];
  snprintf(name, sizeof name, "/held-%lu", number);
  int fd = shm_open(name, O_RDWR | O_CREAT, 0600);
  if (fd < 0) err(1, "shm_open %s", name);
  if (ftruncate(fd, size) != 0) err(1, "ftruncate %s", name);
  if (number / holders % 2 == 0) return;
  if (mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED) err(1, "mmap %s", name);
  close(fd);
}

int main(int argc, char** argv) {
  int ready[2];
  if (argc != 2) errx(2, "usage: hold-shm COUNT");
  unsigned long count = strtoul(argv[1], NULL, 10);
  if (pipe(ready) != 0) err(1, "pipe");
  for (unsigned long holder = 0; holder < holders; ++holder) {
    pid_t pid = fork();
    if (pid < 0) err(1, "fork");
    if (pid > 0) continue;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (unsigned long number = holder; number < count; number += holders) hold(number);
    if (write(ready[1], "", 1) != 1) err(1, "write");
    for (;;) pause();
  }
  close(ready[1]);
  char byte;
  for (int i = 0; i < holders; ++i) {
    if (read(ready[0], &byte, 1) != 1) errx(1, "a holder failed");
  }
  puts("ready");
  fflush(stdout);
  while (read(STDIN_FILENO, &byte, 1) > 0) continue;
  return 0;
}
