#include "base/process.h"

#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stddef.h>
#include <unistd.h>

/* Every program ignores the first signal, and a service ignores all of them. */
static const int harmless[] = {
	SIGXFSZ,   SIGPIPE, SIGUSR1, SIGUSR2,  SIGALRM,
	SIGVTALRM, SIGPROF, SIGIO,   SIGWINCH,
#ifdef SIGPWR
	SIGPWR,
#endif
};

/*
 * Open each with the wrong access mode, so that using it fails like a closed
 * one.
 */
static void take_descriptors(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", modes[fd]);
}

void process_begin(void)
{
	take_descriptors();
	signal(harmless[0], SIG_IGN);
}

void process_serve(void)
{
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		signal(harmless[i], SIG_IGN);
}

void process_ignored(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		sigaddset(set, harmless[i]);
}

void process_trim_memory(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
