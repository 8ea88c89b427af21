#include "storage/journal/commit_progress.h"

void touch_medium(const struct touch *t, enum medium m, int64_t ts)
{
	struct commit_progress *p = t->p;

	change_list_touch(&p->touched, m, ts);
	if (ts < p->min_ts)
		p->min_ts = ts;
	if (ts > p->max_ts)
		p->max_ts = ts;
}

void touch_house_run(const struct touch *t, int64_t ts)
{
	t->p->added++;
	touch_medium(t, MEDIUM_ELECTRICITY, ts);
	hourly_counters_touch(t->hourly_counters, KIND_ELECTRICITY, 0, ts);
}

void touch_house(const struct touch *t, int64_t ts)
{
	touch_house_run(t, ts);
	runs_touch(t->runs, "", 0, ts);
}

void touch_added(const struct touch *t, int64_t id, int64_t ts)
{
	touch_medium(t, MEDIUM_ELECTRICITY, ts);
	runs_touch(t->runs, "", id, ts);
	hourly_counters_touch(t->hourly_counters, KIND_OTHER, id, ts);
}

/* An electricity meter on the M-Bus is not part of the house's electricity. */
void touch_meter(const struct touch *t, const struct meter_key *m, int64_t id,
		 int64_t ts)
{
	t->p->added++;
	touch_medium(t, m->kind == MEDIUM_ELECTRICITY ? MEDIUM_OTHER : m->kind,
		     ts);
	runs_touch(t->runs, m->medium, 0, ts);
	hourly_counters_touch(t->hourly_counters, KIND_MBUS, id, ts);
}
