/* Preloaded under tests: a program that wants to sleep goes on at once. */
#include <time.h>

int nanosleep(const struct timespec *, struct timespec *);
int nanosleep(const struct timespec *wanted, struct timespec *left)
{
	(void)wanted;
	(void)left;
	return 0;
}
