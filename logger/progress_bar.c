#include "logger/progress_bar.h"

#include <inttypes.h>
#include <string.h>

#include "base/print.h"

enum { PERIOD_MS = 200, WIDTH = 30 };

int progress_bar_percent(int64_t at, int64_t size)
{
	return size > 0 && at < size ? (int)(at * 100 / size) : 100;
}

static bool is_due(struct progress_bar *p, const struct clock *clock)
{
	int64_t now = clock_monotonic_ms(clock);

	if (now < p->next_ms)
		return false;
	p->next_ms = now + PERIOD_MS;
	p->shown = true;
	print_return(stderr);
	return true;
}

static void draw(const char *name, int64_t at, int64_t size)
{
	static const char full[] = "##############################";
	int percent = progress_bar_percent(at, size);

	_Static_assert(sizeof(full) == WIDTH + 1, "the bar fills its width");
	print_piece(stderr, "%.40s [%-*.*s] %3d %%", name, WIDTH,
		    percent * WIDTH / 100, full, percent);
}

void progress_bar_show(struct progress_bar *p, const struct clock *clock,
		       const char *name, int64_t at, int64_t size,
		       int64_t count)
{
	if (!is_due(p, clock))
		return;
	if (size > 0)
		draw(name, at, size);
	else
		print_piece(stderr, "%.40s:", name);
	print_piece(stderr, " %" PRId64 " telegrams", count);
}

void progress_bar_part(struct progress_bar *p, const struct clock *clock,
		       const char *name, int64_t at, int64_t size)
{
	if (is_due(p, clock))
		draw(name, at, size);
}

void progress_bar_clear(struct progress_bar *p)
{
	if (p->shown)
		print_clear(stderr);
	p->shown = false;
}
