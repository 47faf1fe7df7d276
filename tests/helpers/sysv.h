// What the helpers for System V IPC share: numbers, keys and modes on the command line, messages and attached memory.
#ifndef SYSV_H
#define SYSV_H

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/shm.h>

static inline long number_in_base(const char *text, int base) {
  char *end;
  errno = 0;
  long number = strtol(text, &end, base);
  if (end == text || *end || errno) errx(2, "not a number: %s", text);
  return number;
}

static inline long number(const char *text) { return number_in_base(text, 10); }

static inline int octal_mode(const char *text) { return (int)(number_in_base(text, 8) & 0777); }

// KEY: a number, 0x1234 or 4660, or private.
static inline key_t key_of(const char *text) {
  return strcmp(text, "private") == 0 ? IPC_PRIVATE : (key_t)number_in_base(text, 0);
}

static inline void flush_output(void) {
  if (fflush(stdout) != 0 || ferror(stdout)) err(1, "standard output");
}

static inline struct msgbuf *new_message(size_t size) {
  struct msgbuf *message = malloc(sizeof *message + size);
  if (!message) err(1, "malloc");
  return message;
}

// The largest message there can be.
static inline size_t largest_message(void) {
  struct msginfo limits;
  if (msgctl(0, IPC_INFO, (struct msqid_ds *)&limits) < 0) err(1, "msgctl IPC_INFO");
  return (size_t)limits.msgmax;
}

// Attaches memory and finds LENGTH bytes from OFFSET there. Bytes beyond the end are an error here, not SIGSEGV later.
static inline void *attached_bytes(const char *id, const char *offset, size_t length, int flags) {
  struct shmid_ds status;
  size_t start = (size_t)number(offset);
  if (shmctl((int)number(id), IPC_STAT, &status) != 0) err(1, "shmctl %s", id);
  if (start > status.shm_segsz || length > status.shm_segsz - start) errx(1, "%s has only %zu bytes", id, status.shm_segsz);
  char *address = shmat((int)number(id), NULL, flags);
  if (address == (void *)-1) err(1, "shmat %s", id);
  return address + start;
}

#endif
