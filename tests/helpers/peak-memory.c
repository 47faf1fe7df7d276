// peak-memory CMD...: runs CMD and prints the peak of its resident memory (VmHWM) in KiB to descriptor 3, or to standard error
// when 3 is not open. Its status is CMD's, or 128 + the signal that ended it. Only CMD itself counts, not what it starts.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static long high_water_mark(pid_t pid) {
  char path[64], line[256];
  long peak = -1;
  snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
  FILE *status = fopen(path, "re");
  if (!status) err(125, "%s", path);
  while (fgets(line, sizeof line, status)) {
    if (sscanf(line, "VmHWM: %ld", &peak) == 1) break;
  }
  fclose(status);
  return peak;
}

static pid_t start(char **command) {
  pid_t pid = fork();
  if (pid < 0) err(125, "fork");
  if (pid > 0) return pid;
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) err(125, "ptrace");
  execvp(command[0], command);
  err(errno == ENOENT ? 127 : 126, "%s", command[0]);
}

// The kernel stops a traced process just before it gives up its memory: the only moment when the final peak can be read.
static long watch(pid_t pid, int *status) {
  long peak = -1;
  int traced = 0;
  for (;;) {
    while (waitpid(pid, status, 0) < 0) {
      if (errno != EINTR) err(125, "waitpid");
    }
    if (!WIFSTOPPED(*status)) return peak;
    int signal = WSTOPSIG(*status);
    if (!traced) {
      traced = 1;
      ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACEEXIT | PTRACE_O_TRACEEXEC);
      signal = 0;
    } else if (*status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
      peak = high_water_mark(pid);
      signal = 0;
    } else if (*status >> 8 == (SIGTRAP | PTRACE_EVENT_EXEC << 8)) {
      signal = 0;
    }
    ptrace(PTRACE_CONT, pid, 0, (void *)(long)signal);
  }
}

int main(int argc, char **argv) {
  if (argc < 2) errx(2, "usage: peak-memory CMD...");
  int report = fcntl(3, F_GETFD) >= 0 ? 3 : 2;
  if (report == 3) fcntl(3, F_SETFD, FD_CLOEXEC);
  int status;
  long peak = watch(start(argv + 1), &status);
  dprintf(report, "%ld\n", peak);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
