#include "storage/witness.h"

void witness_read(struct stmt *s, struct witness *w)
{
	*w = (struct witness){
		.id = stmt_key(s, 0),
		.last_ts = stmt_time(s, 1),
		.stamps = stmt_int(s, 2),
		.channel = (int)stmt_int(s, 3),
		.source = (enum time_source)stmt_int(s, 4),
		.point.ts = stmt_time(s, 5),
	};
	if (!quarantine_parse(stmt_text(s, 6), &w->point))
		w->point.have = 0;
}

int patient_of(struct patient *p, struct gate *g, struct enter *en, int meter,
	       bool electric, struct err *e)
{
	const struct meter *m = &en->meters.list[meter];

	*p = (struct patient){ .gate = g,
			       .en = en,
			       .meter = meter,
			       .object.electric = electric,
			       .medium = m->kind };
	p->rates = electric ? judge_electricity(&g->limits)
			    : judge_mbus(&g->limits, m->kind, m->unit);
	if (!electric && m->kind == MEDIUM_ELECTRICITY)
		p->medium = MEDIUM_OTHER;
	return meters_id(&en->meters, meter, &p->object.meter, e);
}

bool patient_fits(const struct patient *p, const struct judge_point *a,
		  const struct judge_point *b)
{
	int where;

	return verdict_is_good(judge_step(&p->rates, a, b, &where));
}

int patient_enter(struct patient *p, const struct witness *w, int64_t ts,
		  enum begin begin, struct err *e)
{
	struct kept_row row = { .ts = ts,
				.max_w = { -1, -1 },
				.meter = p->meter,
				.tables = KEPT_ELECTRICITY,
				.begin = begin,
				.source = w->source,
				.have = w->point.have };
	struct kept_value value = { ts,	      w->point.value[0],
				    p->meter, w->channel,
				    begin,    w->source };

	if (!p->object.electric)
		return enter_value(p->en, &value, e);
	memcpy(row.value, w->point.value, sizeof(w->point.value));
	return enter_row(p->en, &row, e);
}

int patient_believe(struct patient *p, const struct witness *w,
		    struct stmt *drop, struct err *e)
{
	int rc = patient_enter(p, w, w->point.ts, BEGIN_METER, e);

	if (rc == 0 && w->last_ts != w->point.ts)
		rc = patient_enter(p, w, w->last_ts, BEGIN_METER, e);
	if (rc < 0)
		return rc;
	stmt_bind(drop, 1, w->id);
	return stmt_run(drop, e) < 0 ? e->code : 0;
}
