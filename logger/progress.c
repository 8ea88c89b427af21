#include "logger/progress.h"

#include <inttypes.h>
#include <string.h>

#include "base/print.h"

enum { PERIOD_MS = 200, WIDTH = 30 };

void progress_show(struct progress *p, const struct clock *clock,
		   const char *name, int64_t at, int64_t size, int64_t count)
{
	static const char full[] = "##############################";
	int64_t now = clock_monotonic_ms(clock);
	int done;

	_Static_assert(sizeof(full) == WIDTH + 1, "the bar fills its width");
	if (now < p->next_ms)
		return;
	p->next_ms = now + PERIOD_MS;
	p->shown = true;
	print_return(stderr);
	if (size <= 0) {
		print_piece(stderr, "%.40s: %" PRId64 " telegrams", name,
			    count);
		return;
	}
	done = (int)(at < size ? at * WIDTH / size : WIDTH);
	print_piece(stderr, "%.40s [%-*.*s] %3d %% %" PRId64 " telegrams", name,
		    WIDTH, done, full, (int)(at < size ? at * 100 / size : 100),
		    count);
}

void progress_clear(struct progress *p)
{
	if (p->shown)
		print_clear(stderr);
	p->shown = false;
}
