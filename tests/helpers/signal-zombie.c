// signal-zombie STATUS: starts a process that ends with STATUS and that is not waited for, and writes its pid. Waits for it when a line
// comes, writes "reaped", and ends with the next.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
    char line[10];
    siginfo_t info;
    pid_t pid = fork();
    if (argc < 2 || pid < 0) return 1;
    if (pid == 0) _exit(atoi(argv[1]));
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) != 0) return 1;
    printf("%d\n", (int)pid);
    fflush(stdout);
    if (fgets(line, sizeof line, stdin) == NULL) return 1;
    if (waitpid(pid, NULL, 0) != pid) return 1;
    puts("reaped");
    fflush(stdout);
    return fgets(line, sizeof line, stdin) == NULL;
}
