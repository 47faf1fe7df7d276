// sysv-mq-make KEY MODE [BYTES]: creates a System V message queue, mode MODE (octal), that takes BYTES in all; prints its id.
// KEY: see sysv.h.
#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 3 && argc != 4) errx(2, "usage: sysv-mq-make KEY MODE [BYTES]");
  int queue = msgget(key_of(argv[1]), IPC_CREAT | IPC_EXCL | octal_mode(argv[2]));
  if (queue < 0) err(1, "msgget %s", argv[1]);
  struct msqid_ds status;
  if (argc == 4) {
    if (msgctl(queue, IPC_STAT, &status) != 0) err(1, "msgctl IPC_STAT");
    status.msg_qbytes = (msglen_t)number(argv[3]);
    if (msgctl(queue, IPC_SET, &status) != 0) err(1, "msgctl IPC_SET");
  }
  printf("%d\n", queue);
  flush_output();
  return 0;
}
