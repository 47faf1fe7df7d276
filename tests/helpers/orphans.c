// orphans CMD...: runs CMD with the descriptors 0 to 2 alone; when it ends no process that it started may be left, not even a
// zombie: else they are told, killed, and the status is 99. Its status is CMD's, or 128 + the signal that ended it.
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc < 2) errx(125, "usage: orphans CMD ARG...");
  if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) err(125, "prctl");
  pid_t pid = fork();
  if (pid < 0) err(125, "fork");
  if (pid == 0) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) err(125, "prctl");
    if (close_range(3, ~0U, 0) != 0) err(125, "close_range");
    execvp(argv[1], argv + 1);
    err(errno == ENOENT ? 127 : 126, "%s", argv[1]);
  }
  // What a terminal sends is for CMD; we tell what became of it.
  signal(SIGINT, SIG_IGN);
  signal(SIGQUIT, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  siginfo_t end;
  // Its own status first: an orphan of its may end earlier than CMD does.
  while (waitid(P_PID, (id_t)pid, &end, WEXITED) != 0) {
    if (errno != EINTR) err(125, "waitid");
  }
  int left = 0;
  for (;;) {
    siginfo_t other = {0};
    if (waitid(P_ALL, 0, &other, WEXITED | WNOHANG | WNOWAIT) != 0) break;
    char path[64], children[4096] = "";
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "re");
    if (!file) err(125, "%s", path);
    size_t length = fread(children, 1, sizeof children - 1, file);
    fclose(file);
    if (length == 0) break;
    fprintf(stderr, "orphans: left over: %s\n", children);
    for (char *next = children, *after; (other.si_pid = (pid_t)strtol(next, &after, 10)) > 0; next = after) {
      left++;
      kill(other.si_pid, SIGKILL);
      waitpid(other.si_pid, NULL, 0);
    }
  }
  if (left > 0) return 99;
  return end.si_code == CLD_EXITED ? end.si_status : 128 + end.si_status;
}
