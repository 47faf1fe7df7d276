// signal-catch [-t] SIGNAL...: catches these (numbers), and writes "SIGNAL CODE VALUE" for each that comes, and the thread: main or
// other. -t: with a second thread. First it writes "ready PID", and the second thread's number. Never ends by itself.
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pid_t second;
static int started[2];

static void on_signal(int number, siginfo_t *info, void *context) {
    char line[100];
    (void)context;
    int value = info->si_code == SI_QUEUE ? info->si_value.sival_int : 0;
    const char *thread = syscall(SYS_gettid) == getpid() ? "main" : "other";
    int length = snprintf(line, sizeof line, "%d %d %d %s\n", number, info->si_code, value, thread);
    if (write(1, line, (size_t)length) < 0) _exit(1);
}

static void *run(void *argument) {
    second = (pid_t)syscall(SYS_gettid);
    if (write(started[1], "x", 1) < 0) _exit(1);
    for (;;) pause();
    return argument;
}

int main(int argc, char **argv) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO;
    sigfillset(&action.sa_mask);
    int first = argc > 1 && strcmp(argv[1], "-t") == 0 ? 2 : 1;
    for (int i = first; i < argc; i++) {
        if (sigaction(atoi(argv[i]), &action, NULL) != 0) return 1;
    }
    if (first == 2) {
        pthread_t thread;
        char byte;
        if (pipe(started) != 0 || pthread_create(&thread, NULL, run, NULL) != 0 || read(started[0], &byte, 1) != 1) return 1;
    }
    printf("ready %d %d\n", (int)getpid(), (int)second);
    fflush(stdout);
    for (;;) pause();
}
