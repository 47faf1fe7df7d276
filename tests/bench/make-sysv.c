// make-sysv QUEUES SEGMENTS: makes so many System V message queues and shared memory segments of 4 KiB, each with a key of its own.
// They go with their IPC namespace.
#include <err.h>
#include <stdlib.h>
#include <sys/msg.h>
#include <sys/shm.h>

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: make-sysv QUEUES SEGMENTS");
  long queues = atol(argv[1]), segments = atol(argv[2]);
  for (key_t key = 1; key <= queues; ++key) {
    if (msgget(key, IPC_CREAT | IPC_EXCL | 0600) < 0) err(1, "msgget, number %d (kernel.msgmni)", (int)key);
  }
  for (key_t key = 1; key <= segments; ++key) {
    if (shmget(key, 4096, IPC_CREAT | IPC_EXCL | 0600) < 0) err(1, "shmget, number %d (kernel.shmmni)", (int)key);
  }
  return 0;
}
