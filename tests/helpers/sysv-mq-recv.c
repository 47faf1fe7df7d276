// sysv-mq-recv ID TYPE [COUNT] [WORD...]: receives COUNT messages (1) from a System V message queue and prints "TYPE TEXT\n"
// for each. WORD: raw: the bytes alone; nowait: does not wait, stops with status 3 when there is none; except: those of any
// other type than TYPE; noerror=N: a longer message loses what is beyond N bytes; size=N: a longer message is an error; copy:
// TYPE is the place in the queue, from 0, and what is there stays there.
#include "sysv.h"

static const char usage[] = "usage: sysv-mq-recv ID TYPE [COUNT] [raw] [nowait] [except] [noerror=N] [size=N] [copy]";

static struct options {
  int flags;
  int raw;
  long count;
  size_t size;
} options = {.count = 1};

static void add_option(const char *word) {
  if (strcmp(word, "raw") == 0) options.raw = 1;
  else if (strcmp(word, "nowait") == 0) options.flags |= IPC_NOWAIT;
  else if (strcmp(word, "except") == 0) options.flags |= MSG_EXCEPT;
  else if (strcmp(word, "copy") == 0) options.flags |= MSG_COPY | IPC_NOWAIT;
  else if (strncmp(word, "size=", 5) == 0) options.size = (size_t)number(word + 5);
  else if (strncmp(word, "noerror=", 8) == 0) options.flags |= MSG_NOERROR, options.size = (size_t)number(word + 8);
  else if (*word >= '0' && *word <= '9') options.count = number(word);
  else errx(2, "%s", usage);
}

static void print(const struct msgbuf *message, size_t length) {
  if (!options.raw) printf("%ld ", message->mtype);
  fwrite(message->mtext, 1, length, stdout);
  if (!options.raw) putchar('\n');
  flush_output();
}

int main(int argc, char **argv) {
  if (argc < 3) errx(2, "%s", usage);
  int queue = (int)number(argv[1]);
  long type = number(argv[2]);
  options.size = largest_message();
  for (int i = 3; i < argc; ++i) add_option(argv[i]);
  struct msgbuf *message = new_message(options.size);
  for (long i = 0; i < options.count; ++i) {
    ssize_t length = msgrcv(queue, message, options.size, options.flags & MSG_COPY ? type + i : type, options.flags);
    if (length < 0 && errno == ENOMSG) return 3;
    if (length < 0) err(1, "msgrcv %s", argv[1]);
    print(message, (size_t)length);
  }
  return 0;
}
