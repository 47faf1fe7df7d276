// sysv-mq-flood ID SENDER COUNT TYPES: sends "SENDER-1" to "SENDER-COUNT" to a System V message queue, waiting for room, of the
// types 1, 2, ... TYPES, 1, 2, ... in turn. SIGTERM ends it early; then it prints how many it has sent.
#include <signal.h>
#include <sys/time.h>

#include "sysv.h"

static volatile sig_atomic_t stop;

static void note_signal(int signal) {
  if (signal == SIGTERM) stop = 1;
}

// A signal that comes just before msgsnd(2) would not interrupt it; one that comes again and again does.
static void wake_often(void) {
  struct sigaction action = {.sa_handler = note_signal};
  struct itimerval second = {{1, 0}, {1, 0}};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGALRM, &action, NULL);
  setitimer(ITIMER_REAL, &second, NULL);
}

static int send_or_stop(int queue, const struct msgbuf *message, size_t length) {
  while (!stop) {
    if (msgsnd(queue, message, length, 0) == 0) return 1;
    if (errno != EINTR) err(1, "msgsnd %d", queue);
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 5) errx(2, "usage: sysv-mq-flood ID SENDER COUNT TYPES");
  int queue = (int)number(argv[1]);
  long count = number(argv[3]), types = number(argv[4]);
  struct msgbuf *message = new_message(128);
  long sent = 0;
  wake_often();
  for (; sent < count; ++sent) {
    message->mtype = sent % types + 1;
    int length = snprintf(message->mtext, 128, "%s-%ld", argv[2], sent + 1);
    if (length < 0 || length >= 128) errx(2, "SENDER is too long");
    if (!send_or_stop(queue, message, (size_t)length)) break;
  }
  if (stop) printf("%ld\n", sent);
  flush_output();
  return 0;
}
