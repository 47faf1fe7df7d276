// sysv-sem-op ID NUM:OP[u]...: does all these operations on a System V set in one semop(2), waiting if need be. OP: -1 takes 1,
// +2 gives 2, =0 waits for zero; u: the kernel undoes it when the process ends, which is at once. As in 0:-1u 1:+2 2:=0
#include <sys/sem.h>

#include "sysv.h"

static struct sembuf operation(const char *text) {
  int semaphore;
  short amount;
  char sign, flag = '\0', extra;
  int parts = sscanf(text, "%d:%c%hd%c%c", &semaphore, &sign, &amount, &flag, &extra);
  if (parts < 3 || parts > 4 || !strchr("-+=", sign) || (parts == 4 && flag != 'u')) errx(2, "not an operation: %s", text);
  if (amount < 0 || (sign == '=') != (amount == 0)) errx(2, "not an operation: %s", text);
  return (struct sembuf){.sem_num = (unsigned short)semaphore,
                         .sem_op = sign == '-' ? (short)-amount : amount,
                         .sem_flg = flag == 'u' ? SEM_UNDO : 0};
}

int main(int argc, char **argv) {
  if (argc < 3) errx(2, "usage: sysv-sem-op ID NUM:OP[u]...");
  size_t count = (size_t)argc - 2;
  struct sembuf *operations = calloc(count, sizeof *operations);
  if (!operations) err(1, "calloc");
  for (size_t i = 0; i < count; ++i) operations[i] = operation(argv[i + 2]);
  if (semop((int)number(argv[1]), operations, count) != 0) err(1, "semop %s", argv[1]);
  return 0;
}
