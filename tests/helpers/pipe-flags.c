// pipe-flags CMD ARG...: runs CMD and compares the status flags, F_GETFL, of its own open descriptors before and after:
// they are those of CMD. Ends as CMD does, or with 99 and a message where one has changed.
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { most = 16 };

int main(int argc, char **argv) {
  if (argc < 2) errx(2, "usage: pipe-flags CMD ARG...");
  int before[most];
  for (int fd = 0; fd < most; ++fd) before[fd] = fcntl(fd, F_GETFL);
  const pid_t child = fork();
  if (child < 0) err(2, "fork");
  if (child == 0) {
    execvp(argv[1], argv + 1);
    err(127, "%s", argv[1]);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child) err(2, "waitpid");
  for (int fd = 0; fd < most; ++fd) {
    const int now = fcntl(fd, F_GETFL);
    if (now != before[fd]) errx(99, "descriptor %d: flags %#o, not %#o", fd, now, before[fd]);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
