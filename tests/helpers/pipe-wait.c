// pipe-wait CALL: makes a pipe, prints "PID READ-END WRITE-END", and blocks in CALL on it until it is killed. The calls are
// below; those that wait for room fill the pipe first.
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int ends[2];
static char bytes[65536];
static struct iovec piece = {bytes, sizeof bytes};

static void fill(int fd) {
  if (write(fd, bytes, sizeof bytes) != (ssize_t)sizeof bytes) err(1, "write");
}

static int full_pipe(void) {
  int other[2];
  if (pipe(other) != 0) err(1, "pipe");
  fill(other[1]);
  return other[1];
}

static void poll_for(short events, bool with_mask) {
  struct pollfd all[2] = {{-1, POLLIN, 0}, {ends[events == POLLOUT], events, 0}};
  if (with_mask) ppoll(all, 2, NULL, NULL);
  else poll(all, 2, -1);
}

static void select_for(bool writes, bool with_mask) {
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[writes], &set);
  fd_set *read = writes ? NULL : &set, *write = writes ? &set : NULL;
  if (with_mask) pselect(ends[writes] + 1, read, write, NULL, NULL, NULL);
#ifdef SYS_select
  else syscall(SYS_select, ends[writes] + 1, read, write, NULL, NULL);  // the C library makes it pselect6(2)
#else
  else select(ends[writes] + 1, read, write, NULL, NULL);
#endif
}

static void epoll_for(uint32_t events) {
  int set = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = events};
  if (set < 0 || epoll_ctl(set, EPOLL_CTL_ADD, ends[events == EPOLLOUT], &event) != 0) err(1, "epoll_ctl");
  epoll_wait(set, &event, 1, -1);
}

static void send_file(void) {
  int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  sendfile(ends[1], file, NULL, 10);
}

static void do_read(void) { (void)!read(ends[0], bytes, 1); }
static void do_readv(void) { (void)!readv(ends[0], &piece, 1); }
static void do_preadv2(void) { (void)!preadv2(ends[0], &piece, 1, -1, 0); }
static void do_write(void) { (void)!write(ends[1], bytes, 1); }
static void do_writev(void) { (void)!writev(ends[1], &piece, 1); }
static void do_vmsplice(void) { (void)!vmsplice(ends[1], &piece, 1, 0); }
static void do_splice_in(void) { (void)!splice(ends[0], NULL, full_pipe(), NULL, 10, 0); }
static void do_splice_out(void) { (void)!splice(ends[0], NULL, full_pipe(), NULL, 10, 0); }
static void do_tee(void) { (void)!tee(ends[0], full_pipe(), 10, 0); }
static void do_poll_in(void) { poll_for(POLLIN, false); }
static void do_poll_out(void) { poll_for(POLLOUT, false); }
static void do_poll_end(void) { poll_for(0, false); }
static void do_ppoll(void) { poll_for(POLLIN, true); }
static void do_select_in(void) { select_for(false, false); }
static void do_select_out(void) { select_for(true, false); }
static void do_pselect(void) { select_for(false, true); }
static void do_epoll_in(void) { epoll_for(EPOLLIN); }
static void do_epoll_out(void) { epoll_for(EPOLLOUT); }

static const struct way {
  const char *name;
  void (*wait)(void);
  bool full;
} ways[] = {
    {"read", do_read, false},           {"readv", do_readv, false},         {"preadv2", do_preadv2, false},
    {"write", do_write, true},          {"writev", do_writev, true},        {"vmsplice", do_vmsplice, true},
    {"splice-in", do_splice_in, false}, {"splice-out", do_splice_out, true}, {"tee", do_tee, false},
    {"sendfile", send_file, true},      {"poll-in", do_poll_in, false},     {"poll-out", do_poll_out, true},
    {"poll-end", do_poll_end, false},   {"ppoll", do_ppoll, false},         {"select-in", do_select_in, false},
    {"select-out", do_select_out, true}, {"pselect", do_pselect, false},    {"epoll-in", do_epoll_in, false},
    {"epoll-out", do_epoll_out, true},
};

int main(int argc, char **argv) {
  for (size_t i = 0; argc == 2 && i < sizeof ways / sizeof *ways; ++i) {
    if (strcmp(ways[i].name, argv[1]) != 0) continue;
    if (pipe(ends) != 0) err(1, "pipe");
    if (ways[i].full) fill(ends[1]);
    printf("%d %d %d\n", (int)getpid(), ends[0], ends[1]);
    if (fflush(stdout) != 0) err(1, "standard output");
    ways[i].wait();
    errx(1, "%s did not block", argv[1]);
  }
  errx(2, "usage: pipe-wait CALL");
}
