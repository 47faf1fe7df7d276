// fifo-flood PATH WRITER: writes the lines "WRITER-1", "WRITER-2", ... into a FIFO, waiting for room. SIGTERM ends it; then it prints
// how many it has written.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

static void request_stop(int signal) {
  (void)signal;
  stop = 1;
}

// Waits a second at a time: a signal that comes just before the call would not interrupt it.
static int write_or_stop(int fd, const char *line, size_t length) {
  while (!stop) {
    if (write(fd, line, length) == (ssize_t)length) return 1;
    if (errno != EAGAIN && errno != EINTR) err(1, "write");
    struct pollfd room = {.fd = fd, .events = POLLOUT};
    poll(&room, 1, 1000);
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: fifo-flood PATH WRITER");
  struct sigaction action = {.sa_handler = request_stop};
  sigaction(SIGTERM, &action, NULL);
  signal(SIGPIPE, SIG_IGN);
  int fd = open(argv[1], O_WRONLY);
  if (fd < 0) err(1, "open %s", argv[1]);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  long sent = 0;
  for (;; ++sent) {
    char line[128];
    int length = snprintf(line, sizeof line, "%s-%ld\n", argv[2], sent + 1);
    if (length < 0 || (size_t)length >= sizeof line) errx(2, "WRITER is too long");
    if (!write_or_stop(fd, line, (size_t)length)) break;
  }
  printf("%ld\n", sent);
  return 0;
}
