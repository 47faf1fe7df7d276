// sysv-recv-lines ID COUNT: prints COUNT messages, a line each: one blocking msgrcv(2) and one write(2) a message.
#include <err.h>
#include <stdlib.h>
#include <sys/msg.h>
#include <unistd.h>

enum { size = 64 << 10 };

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: sysv-recv-lines ID COUNT");
  int queue = atoi(argv[1]);
  static struct {
    long type;
    char text[size + 1];
  } message;
  for (long left = atol(argv[2]); left > 0; --left) {
    ssize_t length = msgrcv(queue, &message, size, 0, 0);
    if (length < 0) err(1, "msgrcv %s", argv[1]);
    message.text[length] = '\n';
    if (write(1, message.text, (size_t)length + 1) != length + 1) err(1, "write");
  }
  return 0;
}
