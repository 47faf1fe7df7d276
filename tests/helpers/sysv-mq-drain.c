// sysv-mq-drain ID TYPE: receives messages of TYPE from a System V message queue until one is "end", and prints the body of each
// before it on a line.
#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: sysv-mq-drain ID TYPE");
  int queue = (int)number(argv[1]);
  long type = number(argv[2]);
  size_t size = largest_message();
  struct msgbuf *message = new_message(size);
  for (;;) {
    ssize_t length = msgrcv(queue, message, size, type, 0);
    if (length < 0) err(1, "msgrcv %s", argv[1]);
    if (length == 3 && memcmp(message->mtext, "end", 3) == 0) break;
    fwrite(message->mtext, 1, (size_t)length, stdout);
    putchar('\n');
  }
  flush_output();
  return 0;
}
