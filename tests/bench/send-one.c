// send-one NAME MSG: the least that a program can do to send a message: what the start of ipctl is compared with.
#include <fcntl.h>
#include <mqueue.h>
#include <string.h>

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  mqd_t queue = mq_open(argv[1], O_WRONLY);
  return queue == (mqd_t)-1 || mq_send(queue, argv[2], strlen(argv[2]), 0) != 0;
}
