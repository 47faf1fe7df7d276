// sysv-ftok PATH PROJ: prints the key that ftok(3) makes of them, as in 0x41050a1b. PROJ: a number, or one character.
#include <ctype.h>

#include "sysv.h"

int main(int argc, char **argv) {
  if (argc != 3) errx(2, "usage: sysv-ftok PATH PROJ");
  int is_character = argv[2][0] && !argv[2][1] && !isdigit((unsigned char)argv[2][0]);
  int project = is_character ? (unsigned char)argv[2][0] : (int)number_in_base(argv[2], 0);
  key_t key = ftok(argv[1], project);
  if (key == -1) err(1, "ftok %s", argv[1]);
  printf("0x%08x\n", (unsigned)key);
  flush_output();
  return 0;
}
