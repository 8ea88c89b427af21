#include "storage/journal/run_rows.h"

void run_rows_seek(const struct run_line *l, int64_t first, int64_t last)
{
	struct stmt *s = &l->t->line[l->kind].rows;

	stmt_bind(s, 1, first);
	stmt_bind(s, 2, last);
	if (l->kind != KIND_ELECTRICITY)
		stmt_bind(s, 3, l->meter);
}

int run_rows_next(const struct run_line *l, struct run_row *row, struct err *e)
{
	struct stmt *s = &l->t->line[l->kind].rows;
	int rc = stmt_next(s, e);

	if (rc <= 0)
		return rc;
	*row = (struct run_row){
		.point = meter_kind_point(s, l->kind, stmt_key(s, 0), 3),
		.meter = stmt_key(s, 1),
		.channel = stmt_key(s, 2),
	};
	return 1;
}

bool run_rows_continue(enum kind k, const struct run_row *before,
		       const struct run_row *row)
{
	const struct judge_point *a = &before->point, *b = &row->point;

	if (before->meter != row->meter || before->channel != row->channel ||
	    a->have != b->have)
		return false;
	for (int i = 0; i < meter_kind_counters(k); i++)
		if (b->value[i] < a->value[i])
			return false;
	return true;
}

int run_rows_replaced(const struct run_line *l, const struct run_row *before,
		      const struct run_row *row, bool *replaced, struct err *e)
{
	struct stmt *s = &l->t->s[RUNS_BETWEEN];
	int64_t found = 0;
	int rc;

	*replaced = false;
	if (!l->several)
		return 0;
	stmt_bind_text(s, 1, span_of(l->medium));
	stmt_bind(s, 2, l->meter);
	stmt_bind(s, 3, row->channel);
	stmt_bind(s, 4, before->point.ts);
	stmt_bind(s, 5, row->point.ts);
	rc = stmt_value(s, 0, &found, e);
	*replaced = found != 0;
	return rc < 0 ? rc : 0;
}
