/*
 * bench_peak COMMAND...: run it, and print its peak memory in KB. A process's
 * peak includes that of the process it was forked from, so this one is small.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct rusage used;
	int status = -1;
	pid_t child;

	if (argc < 2)
		return 64;
	child = fork();
	if (child == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
		return 70;
	getrusage(RUSAGE_CHILDREN, &used);
	printf("%ld\n", used.ru_maxrss);
	return 0;
}
