/*
 * Electric power in steps of time. The rows come in order of time, so one scan
 * adds them up; SQLite would sort them for a GROUP BY.
 */
#include "storage/history/query.h"
#include "storage/history/query_rows.h"

/* Columns of the SELECT after the time; the first two are averages. */
enum { AVERAGES = 2, POWERS = 4 };

struct step {
	int64_t ts;	/* its start */
	long n[POWERS]; /* how many are known */
	double sum[AVERAGES];
	int64_t peak[POWERS];
};

static void add_row(struct step *step, struct stmt *s)
{
	for (int i = 0; i < POWERS; i++) {
		int64_t v = stmt_int(s, 1 + i);

		if (v == 0 && stmt_is_null(s, 1 + i))
			continue;
		if (i < AVERAGES)
			step->sum[i] += (double)v;
		else if (step->n[i] == 0 || v > step->peak[i])
			step->peak[i] = v;
		step->n[i]++;
	}
}

static void write_step(struct query_format *w, struct stmt *s,
		       const struct step *step)
{
	query_format_open(w);
	query_format_whole(w, SPAN("ts"), step->ts);
	for (int i = 0; i < POWERS; i++) {
		struct span name = span_of(stmt_column_name(s, 1 + i));

		if (step->n[i] == 0)
			query_format_unknown(w);
		else if (i < AVERAGES)
			query_format_whole(
				w, name,
				(int64_t)(step->sum[i] / (double)step->n[i]));
		else
			query_format_whole(w, name, step->peak[i]);
	}
	query_format_close(w);
}

static int write_steps(struct query *q, struct stmt *s, const int64_t v[3],
		       struct query_format *w, struct err *e)
{
	struct step step = { 0 };
	bool any = false;
	int rc;

	while ((rc = stmt_next(s, e)) > 0) {
		int64_t ts = stmt_key(s, 0) / v[2] * v[2];

		if (any && ts != step.ts) {
			write_step(w, s, &step);
			if (query_count(q, w->rows, e) < 0)
				return e->code;
		}
		if (!any || ts != step.ts)
			step = (struct step){ .ts = ts };
		any = true;
		add_row(&step, s);
	}
	if (rc == 0 && any)
		write_step(w, s, &step);
	return rc == 0 ? query_count(q, w->rows, e) : rc;
}

int query_power(struct query *q, int64_t from, int64_t to, int64_t step,
		enum query_form form, FILE *out, struct err *e)
{
	static const struct query_select select = {
		.sql = "SELECT ts, power_import_w AS import_w,"
		       " power_export_w AS export_w,"
		       " power_import_max_w AS import_max_w,"
		       " power_export_max_w AS export_max_w"
		       " FROM electricity WHERE ts >= ?1 AND ts < ?2"
		       " ORDER BY ts",
		.rows = write_steps,
	};

	return query_rows(q, &select, (int64_t[]){ from, to, step },
			  form == QUERY_CSV, out, e);
}
