// signal-wait COUNT SIGNAL...: blocks these (numbers), writes "ready PID", and for each of COUNT that come, by sigwaitinfo(2),
// "SIGNAL CODE PID UID VALUE".
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 2; i < argc; i++) sigaddset(&set, atoi(argv[i]));
    if (argc < 3 || sigprocmask(SIG_BLOCK, &set, NULL) != 0) return 1;
    printf("ready %d\n", (int)getpid());
    fflush(stdout);
    for (int left = atoi(argv[1]); left > 0; left--) {
        siginfo_t info;
        if (sigwaitinfo(&set, &info) < 0) return 1;
        printf("%d %d %d %d %d\n", info.si_signo, info.si_code, (int)info.si_pid, (int)info.si_uid,
               info.si_code == SI_QUEUE ? info.si_value.sival_int : 0);
        fflush(stdout);
    }
    return 0;
}
