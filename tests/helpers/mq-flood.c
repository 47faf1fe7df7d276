// mq-flood NAME SENDER COUNT: sends the messages "SENDER-1" to "SENDER-COUNT", waiting for room, through the plain API.
// SIGTERM ends it early; then it prints how many it has sent.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static volatile sig_atomic_t stop;

static void request_stop(int signal) {
  (void)signal;
  stop = 1;
}

// Waits a second at a time: a signal that comes just before the call would not interrupt it.
static int send_or_stop(mqd_t queue, const char *body, size_t length) {
  while (!stop) {
    struct timespec limit;
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 1;
    if (mq_timedsend(queue, body, length, 0, &limit) == 0) return 1;
    if (errno != ETIMEDOUT && errno != EINTR) err(1, "mq_send");
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: mq-flood NAME SENDER COUNT");
  struct sigaction action = {.sa_handler = request_stop};
  sigaction(SIGTERM, &action, NULL);
  mqd_t queue = mq_open(argv[1], O_WRONLY);
  if (queue == (mqd_t)-1) err(1, "mq_open %s", argv[1]);
  long count = atol(argv[3]);
  long sent = 0;
  for (; sent < count; ++sent) {
    char body[128];
    int length = snprintf(body, sizeof body, "%s-%ld", argv[2], sent + 1);
    if (length < 0 || (size_t)length >= sizeof body) errx(2, "SENDER is too long");
    if (!send_or_stop(queue, body, (size_t)length)) break;
  }
  if (stop) printf("%ld\n", sent);
  return 0;
}
