// sysv-mq-stat ID: prints "QNUM CBYTES QBYTES LSPID LRPID" of a System V message queue: its messages and their bytes, the bytes
// it takes, who sent and who received last.
#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 2) errx(2, "usage: sysv-mq-stat ID");
  struct msqid_ds status;
  if (msgctl((int)number(argv[1]), IPC_STAT, &status) != 0) err(1, "msgctl %s", argv[1]);
  printf("%lu %lu %lu %d %d\n", (unsigned long)status.msg_qnum, (unsigned long)status.msg_cbytes,
         (unsigned long)status.msg_qbytes, (int)status.msg_lspid, (int)status.msg_lrpid);
  flush_output();
  return 0;
}
