// signal-send kill PID SIGNAL | queue PID SIGNAL VALUE... | thread PID TID SIGNAL: kill(2), sigqueue(3), tgkill(2). Its own pid is
// written.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    pid_t pid = atoi(argv[2]);
    int result = 0;
    if (strcmp(argv[1], "kill") == 0) {
        result = kill(pid, atoi(argv[3]));
    } else if (strcmp(argv[1], "thread") == 0 && argc > 4) {
        result = (int)syscall(SYS_tgkill, pid, atoi(argv[3]), atoi(argv[4]));
    } else {
        for (int i = 4; i < argc && result == 0; i++) {
            union sigval value = {.sival_int = atoi(argv[i])};
            result = sigqueue(pid, atoi(argv[3]), value);
        }
    }
    if (result != 0) perror("signal-send");
    printf("%d\n", (int)getpid());
    return result != 0;
}
