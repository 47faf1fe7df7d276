#!/bin/sh
# sem wait, listen and run -w do not depend on the time of day: a clock that jumps by an hour at each look changes nothing.
. "$(dirname "$0")/lib.sh"

command -v cc >/dev/null || skip "no C compiler"
cat >jump.c <<'C'
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long looks;
int clock_gettime(clockid_t clock, struct timespec *now) {
  long result = syscall(SYS_clock_gettime, clock, now);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += STEP * ++looks;
  return (int)result;
}
time_t time(time_t *out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return out ? *out = now.tv_sec : now.tv_sec;
}
int gettimeofday(struct timeval *now, void *zone) {
  (void)zone;
  now->tv_sec = time(0);
  return now->tv_usec = 0;
}
C
sem-make /q 0
uptime() { awk '{ print int($1 * 100) }' /proc/uptime; }
for step in 3600 -3600; do
    cc -w -shared -fPIC -DSTEP=$step -o jump.so jump.c
    for verb in 'wait /q' 'listen -c 2 /q' 'run /q -- true'; do
        before=$(uptime)
        # shellcheck disable=SC2086  # words
        expect_status 124 timeout -s KILL 60 env ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0" LD_PRELOAD=./jump.so \
            ipctl sem ${verb%% *} -w 300ms ${verb#* }
        [ $(($(uptime) - before)) -ge 28 ] || fail "step $step: $verb gave up too early"
        expect_output 0 sem-op /q value
    done
done
ipctl sem rm /q
