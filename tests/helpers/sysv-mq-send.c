// sysv-mq-send ID TYPE [TEXT...]: sends each TEXT, or all of standard input as one message, to a System V message queue.
#include <unistd.h>

#include "sysv.h"

static size_t read_all(char *buffer, size_t size) {
  size_t length = 0;
  for (;;) {
    ssize_t n = read(0, buffer + length, size - length);
    if (n < 0) err(1, "read");
    if (n == 0) return length;
    length += (size_t)n;
    if (length == size) errx(1, "standard input is too long");
  }
}

static void send(const char *queue, long type, struct msgbuf *message, size_t length) {
  message->mtype = type;
  if (msgsnd((int)number(queue), message, length, 0) != 0) err(1, "msgsnd %s", queue);
}

int main(int argc, char **argv) {
  if (argc < 3) errx(2, "usage: sysv-mq-send ID TYPE [TEXT...]");
  long type = number(argv[2]);
  if (argc == 3) {
    size_t size = 32 << 20;
    struct msgbuf *message = new_message(size);
    send(argv[1], type, message, read_all(message->mtext, size));
  }
  for (int i = 3; i < argc; ++i) {
    size_t length = strlen(argv[i]);
    struct msgbuf *message = new_message(length);
    memcpy(message->mtext, argv[i], length);
    send(argv[1], type, message, length);
    free(message);
  }
  return 0;
}
