#include "web/metrics_journal.h"

#include <inttypes.h>
#include <sys/stat.h>

#include "base/utc.h"
#include "storage/db/backup_record.h"
#include "web/handler_data.h"
#include "web/metrics_text.h"
#include "web/series_costs.h"

enum { DAY_MAX_S = 25 * HOUR_S, UNKNOWN = -1 };

static const struct metric cost_today = {
	"cost_today",
	"Cost of today up to the last commit, in `currency`; negative for export.",
	false
};
static const struct metric month_peak = {
	"month_peak_watts",
	"Highest quarter of an hour of this month: the meter's own, or of the readings.",
	false
};
static const struct metric held_readings = {
	"held_readings", "Held readings that nobody has decided on.", false
};
static const struct metric last_backup = {
	"last_backup_timestamp_seconds",
	"Time of the last good backup, since 1970.", false
};
static const struct metric database_size = {
	"database_size_bytes", "Size of the database with its -wal file.", false
};

struct today {
	const struct handler_data *w;
	FILE *out;
	int64_t now;
};

static void write_costs(void *ctx, const struct query_cost_amounts *a)
{
	const struct today *t = ctx;
	struct costs c = series_costs_of(t->w->prices, a);
	char text[COST_TEXT];

	if (t->now < a->start || t->now >= a->end)
		return;
	metrics_text_head(t->out, &cost_today);
	for (int i = 0; i < COST_TOTAL; i++)
		if (c.known[i])
			fprintf(t->out,
				"p1_cost_today{item=\"%s\",currency=\"%s\"} %s\n",
				cost_names[i], t->w->currency,
				cost_format(text, c.nano[i]));
}

static int64_t find_month_peak(struct handler_data *w)
{
	char day[LOCAL_TIME_DAY];
	struct month_peak m;
	struct err ignored;

	if (query_date(w->query, (struct span){ 0 }, day, &ignored) < 0 ||
	    query_month_peak(w->query, day, &m, &ignored) < 0 ||
	    (!m.told.known && !m.highest.known))
		return UNKNOWN;
	return month_peak_w(&m);
}

static void write_month_peak(struct handler_data *w, FILE *out)
{
	int64_t quarter = clock_utc(w->clock) / QUARTER_S;
	struct metrics_memory *m = &w->metrics;

	if (m->quarter != quarter || m->peak_w == UNKNOWN)
		m->peak_w = find_month_peak(w);
	m->quarter = quarter;
	if (m->peak_w != UNKNOWN)
		metrics_text_one(out, &month_peak, m->peak_w);
}

struct held_rows {
	FILE *out;
	bool any;
};

static void write_held(void *ctx, struct span medium, int64_t n)
{
	struct held_rows *h = ctx;

	if (!h->any)
		metrics_text_head(h->out, &held_readings);
	h->any = true;
	fputs("p1_held_readings", h->out);
	metrics_text_label(h->out, "{", "medium", medium);
	fprintf(h->out, "} %" PRId64 "\n", n);
}

static void write_files(const struct handler_data *w, FILE *out)
{
	char file[ROTATION_PATH], wal[ROTATION_PATH];
	struct stat st;
	int64_t when, bytes;
	struct err ignored;

	if (backup_record_read(w->database, file, &when))
		metrics_text_one(out, &last_backup, when);
	if (stat(w->database, &st) < 0)
		return;
	bytes = st.st_size;
	if (rotation_join(wal, w->database, "-wal", &ignored) == 0 &&
	    stat(wal, &st) == 0)
		bytes += st.st_size;
	metrics_text_one(out, &database_size, bytes);
}

static void write_all(struct handler_data *w, FILE *out)
{
	struct today t = { w, out, clock_utc(w->clock) };
	struct held_rows h = { out, false };
	struct err ignored;

	if (price_any(w->prices))
		query_cost_amounts(w->query, PERIOD_DAY, t.now - DAY_MAX_S,
				   t.now + 1, write_costs, &t, &ignored);
	write_month_peak(w, out);
	query_held_counts(w->query, write_held, &h, &ignored);
	write_files(w, out);
}

static void make(struct handler_data *w, int64_t version)
{
	struct metrics_memory *m = &w->metrics;
	struct err ignored;
	FILE *out;

	metrics_memory_forget(m);
	m->version = version;
	if (query_newest_time(w->query, &m->last, &ignored) < 0)
		m->last = 0;
	out = open_memstream(&m->text, &m->n);
	if (out == NULL)
		return;
	write_all(w, out);
	if (fclose(out) != 0)
		m->n = 0;
}

void metrics_journal(struct handler_data *w, FILE *out)
{
	const struct metrics_memory *m = &w->metrics;
	struct err ignored;
	int64_t version;

	if (handler_data_query(w, &ignored) < 0 ||
	    query_version(w->query, &version, &ignored) < 0)
		return;
	if (m->text == NULL || m->version != version)
		make(w, version);
	if (m->text != NULL)
		fwrite(m->text, 1, m->n, out);
}
