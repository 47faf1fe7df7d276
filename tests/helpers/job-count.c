// job-count DIR LIMIT MILLISECONDS: a job of which at most LIMIT should run at a time. It appends how many run, with itself, to
// DIR/counts, goes on for MILLISECONDS, and ends with status 1 if they were more than LIMIT.
// While it runs it holds a lock on the file DIR/PID; a file that nobody has locked is of a job that was killed, and is removed.
#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static bool remove_if_unlocked(const char *name) {
  int descriptor = open(name, O_RDWR | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) return true;
  if (descriptor < 0) err(1, "%s", name);
  bool unlocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
  if (!unlocked && errno != EWOULDBLOCK) err(1, "flock %s", name);
  if (unlocked) unlink(name);
  close(descriptor);
  return unlocked;
}

static long count_running(void) {
  DIR *here = opendir(".");
  if (!here) err(1, "opendir");
  long running = 0;
  for (struct dirent *entry; (entry = readdir(here));) {
    if (isdigit((unsigned char)entry->d_name[0]) && !remove_if_unlocked(entry->d_name)) ++running;
  }
  closedir(here);
  return running;
}

static void append_to_counts(long running) {
  int counts = open("counts", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (counts < 0 || dprintf(counts, "%ld\n", running) < 0) err(1, "counts");
  close(counts);
}

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: job-count DIR LIMIT MILLISECONDS");
  long limit = atol(argv[2]), milliseconds = atol(argv[3]);
  // Jobs begin one after the other: nobody sees a file that is not locked yet.
  int beginning = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (beginning < 0 || fchdir(beginning) != 0 || flock(beginning, LOCK_EX) != 0) err(1, "%s", argv[1]);
  char own[32];
  snprintf(own, sizeof own, "%d", (int)getpid());
  int descriptor = open(own, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) != 0) err(1, "%s", own);
  long running = count_running();
  append_to_counts(running);
  close(beginning);
  struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  while (nanosleep(&pause, &pause) != 0) continue;
  unlink(own);
  if (running > limit) errx(1, "%ld jobs ran, at most %ld should", running, limit);
  return 0;
}
