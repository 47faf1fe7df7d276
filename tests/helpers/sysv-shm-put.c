// sysv-shm-put ID OFFSET TEXT: copies TEXT, without a NUL, into System V shared memory.
#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 4) errx(2, "usage: sysv-shm-put ID OFFSET TEXT");
  size_t length = strlen(argv[3]);
  memcpy(attached_bytes(argv[1], argv[2], length, 0), argv[3], length);
  return 0;
}
