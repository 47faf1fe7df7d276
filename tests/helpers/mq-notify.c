// mq-notify NAME SIGNAL|none: registers with mq_notify, prints "registered", then "notified" at each notification, after
// registering anew. SIGNAL is a number or USR1 or USR2; none is SIGEV_NONE, which tells nobody. Runs until it is killed.
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int signal_number(const char *text) {
  if (strcmp(text, "USR1") == 0) return SIGUSR1;
  if (strcmp(text, "USR2") == 0) return SIGUSR2;
  int number = atoi(text);
  if (number <= 0 || number > SIGRTMAX) errx(2, "not a signal: %s", text);
  return number;
}

static void say(const char *word) {
  puts(word);
  if (fflush(stdout) != 0) err(1, "standard output");
}

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: mq-notify NAME SIGNAL|none");
  struct sigevent event = {.sigev_notify = SIGEV_NONE};
  sigset_t wanted;
  sigemptyset(&wanted);
  if (strcmp(argv[2], "none") != 0) {
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = signal_number(argv[2]);
    sigaddset(&wanted, event.sigev_signo);
    sigprocmask(SIG_BLOCK, &wanted, NULL);
  }
  mqd_t queue = mq_open(argv[1], O_RDONLY);
  if (queue == (mqd_t)-1) err(1, "mq_open %s", argv[1]);
  if (mq_notify(queue, &event) != 0) err(1, "mq_notify %s", argv[1]);
  say("registered");
  while (event.sigev_notify == SIGEV_NONE) pause();
  for (;;) {
    if (sigwaitinfo(&wanted, NULL) < 0) continue;
    if (mq_notify(queue, &event) != 0) err(1, "mq_notify %s", argv[1]);
    say("notified");
  }
}
