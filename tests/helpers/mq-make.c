// mq-make NAME MAXMSG MSGSIZE [MODE]: creates a POSIX message queue through the plain API, mode exactly MODE (octal, 0600).
#include <err.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdlib.h>
#include <sys/stat.h>

int main(int argc, char **argv) {
  if (argc != 4 && argc != 5) errx(2, "usage: mq-make NAME MAXMSG MSGSIZE [MODE]");
  struct mq_attr wanted = {.mq_maxmsg = atol(argv[2]), .mq_msgsize = atol(argv[3])};
  mode_t mode = argc == 5 ? (mode_t)strtoul(argv[4], NULL, 8) : 0600;
  umask(0);
  if (mq_open(argv[1], O_RDWR | O_CREAT | O_EXCL, mode, &wanted) == (mqd_t)-1) err(1, "mq_open %s", argv[1]);
  return 0;
}
