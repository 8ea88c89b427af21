#include "reports/standby_days.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/localday.h"
#include "storage/history/history_day.h"

static int add_day(struct standby_days *d, struct history *h, int64_t start,
		   int64_t end, struct err *e)
{
	struct standby_day *moved;
	struct quarter lowest;
	int rc = history_standby(h, start, end, &lowest, e);

	if (rc < 0 || !lowest.known)
		return rc;
	moved = array_grow(d->day, d->n, &d->room, sizeof(*d->day));
	if (moved == NULL)
		return err_memory(e);
	d->day = moved;
	d->day[d->n++] =
		(struct standby_day){ start, quarter_power_w(&lowest) };
	return 0;
}

int standby_days_load(struct standby_days *d, struct history *h, int64_t from,
		      int64_t to, struct err *e)
{
	int64_t first, last, end;
	int rc = history_extent(h, MEDIUM_ELECTRICITY, &first, &last, e);
	struct civil c;

	*d = (struct standby_days){ 0 };
	if (rc <= 0)
		return rc;
	rc = 0;
	from = from > first ? from : first;
	to = to < last ? to : last;
	c = localday_civil(from);
	if (localday_day_start(c.year, c.month, c.day) < from && from != first)
		c.day++;
	for (int64_t t = localday_day_start(c.year, c.month, c.day);
	     t < to && rc == 0; t = end) {
		end = localday_day_start(c.year, c.month, ++c.day);
		rc = add_day(d, h, t, end, e);
	}
	return rc;
}

void standby_days_free(struct standby_days *d)
{
	free(d->day);
	*d = (struct standby_days){ 0 };
}

static int by_power(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

struct standby_power standby_days_median(const struct standby_days *d,
					 int64_t from, int64_t to)
{
	struct standby_power p = { 0 };
	int64_t *w = malloc((d->n + 1) * sizeof(*w));
	size_t n = 0;

	for (size_t i = 0; i < d->n && w != NULL; i++)
		if (d->day[i].start >= from && d->day[i].start < to)
			w[n++] = d->day[i].w;
	if (n > 0) {
		qsort(w, n, sizeof(*w), by_power);
		p = (struct standby_power){ (int64_t)n, w[(n - 1) / 2], w[0] };
	}
	free(w);
	return p;
}
