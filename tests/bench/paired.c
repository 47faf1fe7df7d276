// paired ROUNDS QUEUE -- CMD... [-- CMD...]...: how long each CMD takes from start to end, the first one compared with each other.
// Each round runs every CMD once, in random order; what a busy machine does to one it does to all. After each CMD the POSIX message
// queue QUEUE is emptied; - is none.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { max_commands = 16, warm_up = 10 };

extern char **environ;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

// Milliseconds.
static double run(char **command, const posix_spawn_file_actions_t *quiet) {
  pid_t pid;
  int status;
  double start = now();
  if ((errno = posix_spawnp(&pid, command[0], quiet, NULL, command, environ)) != 0) err(1, "%s", command[0]);
  if (waitpid(pid, &status, 0) < 0) err(1, "waitpid");
  double took = now() - start;
  if (status != 0) errx(1, "%s ended with status %d", command[0], status);
  return took;
}

static void empty(mqd_t queue) {
  static char buffer[1 << 20];
  while (mq_receive(queue, buffer, sizeof buffer, NULL) >= 0) continue;
  if (errno != EAGAIN) err(1, "mq_receive");
}

static void shuffle(size_t *order, size_t count) {
  for (size_t left = count; left > 1; --left) {
    size_t other = (size_t)random() % left, moved = order[left - 1];
    order[left - 1] = order[other];
    order[other] = moved;
  }
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// The value below which a part of them is.
static double quantile(const double *values, size_t count, double part) {
  double *sorted = malloc(count * sizeof *sorted);
  if (!sorted) err(1, "malloc");
  memcpy(sorted, values, count * sizeof *sorted);
  qsort(sorted, count, sizeof *sorted, compare);
  double found = sorted[(size_t)(part * (double)(count - 1) + 0.5)];
  free(sorted);
  return found;
}

static void print_command(char **command) {
  char text[128] = "";
  for (char **word = command; *word; ++word) {
    const char *slash = word == command ? strrchr(*word, '/') : NULL;
    size_t length = strlen(text);
    snprintf(text + length, sizeof text - length, "%s%s", word == command ? "" : " ", slash ? slash + 1 : *word);
  }
  printf("%-28s", text);
}

static void report(char ***commands, size_t count, double **times, size_t rounds) {
  double first = quantile(times[0], rounds, 0.5);
  double *difference = malloc(rounds * sizeof *difference);
  if (!difference) err(1, "malloc");
  printf("%-28s %9s %19s %8s %24s\n", "", "median", "quartiles", "ratio", "paired difference");
  for (size_t c = 0; c < count; ++c) {
    double median = quantile(times[c], rounds, 0.5);
    print_command(commands[c]);
    printf(" %6.3f ms   %6.3f to %6.3f", median, quantile(times[c], rounds, 0.25), quantile(times[c], rounds, 0.75));
    for (size_t r = 0; r < rounds; ++r) difference[r] = times[0][r] - times[c][r];
    if (c > 0) printf(" %8.3f %+12.3f ms median", first / median, quantile(difference, rounds, 0.5));
    putchar('\n');
  }
  free(difference);
}

int main(int argc, char **argv) {
  char **commands[max_commands];
  size_t count = 0;
  for (int i = 3; i < argc; ++i) {
    if (strcmp(argv[i], "--") != 0) continue;
    if (count == max_commands || i + 1 == argc) errx(2, "too many commands, or an empty one");
    argv[i] = NULL;
    commands[count++] = argv + i + 1;
  }
  if (count == 0) errx(2, "usage: paired ROUNDS QUEUE -- CMD... [-- CMD...]...");
  size_t rounds = strtoul(argv[1], NULL, 10);
  bool has_queue = strcmp(argv[2], "-") != 0;
  mqd_t queue = has_queue ? mq_open(argv[2], O_RDONLY | O_NONBLOCK) : (mqd_t)-1;
  if (has_queue && queue == (mqd_t)-1) err(1, "mq_open %s", argv[2]);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  double *times[max_commands];
  size_t order[max_commands];
  for (size_t c = 0; c < count; ++c) {
    times[c] = calloc(rounds, sizeof **times);
    order[c] = c;
  }
  for (size_t r = 0; r < rounds + warm_up; ++r) {
    shuffle(order, count);
    for (size_t c = 0; c < count; ++c) {
      size_t which = order[c];
      double took = run(commands[which], &quiet);
      if (r >= warm_up) times[which][r - warm_up] = took;
      if (has_queue) empty(queue);
    }
  }
  printf("%zu rounds; ratio and difference are those of the first to each\n", rounds);
  report(commands, count, times, rounds);
  return 0;
}
