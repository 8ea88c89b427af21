#include "reports/consumption_notes.h"

#include <stdio.h>

#include "reports/number_text.h"
#include "reports/standby_days.h"

enum { STANDBY_DAYS = 31 }; /* not computed for a longer span */

void consumption_note_tariffs(struct sheet *s, const struct report_query *a,
			      const struct consumption *total, enum series all)
{
	char line[SHEET_NOTE], number[NUMBER_TEXT];
	int n = snprintf(line, sizeof(line), "%s:", a->words->series[all]);
	int tariffs = 0;

	for (int i = 1; i <= REPORT_TARIFFS; i++) {
		if (total->amount[(int)all + i] == 0)
			continue;
		n += snprintf(line + n, sizeof(line) - (size_t)n, "%s %s %s",
			      tariffs++ > 0 ? "," : "",
			      a->words->tariff[a->order][i - 1],
			      number_text(number, total->amount[(int)all + i],
					  3, 3, s->point));
	}
	if (tariffs > 1)
		sheet_note(s, "%s kWh", line);
}

void consumption_note_costs(struct sheet *s, const struct report_query *a,
			    const int column[COST_COUNT])
{
	char line[SHEET_NOTE], number[NUMBER_TEXT];
	int n = snprintf(line, sizeof(line), "%s:", a->words->cost);
	int items = 0;

	for (int i = 0; i < COST_TOTAL; i++) {
		int64_t nano = column[i] < 0 ? 0 : s->total.v[column[i]];

		if (nano == 0)
			continue;
		n += snprintf(line + n, sizeof(line) - (size_t)n, "%s %s %s",
			      items++ > 0 ? "," : "", a->words->item[i],
			      number_text(number, nano, 9, 2, s->point));
	}
	if (items > 1)
		sheet_note(s, "%s %s", line, a->currency);
}

void consumption_note_estimated(struct sheet *s, const struct report_query *a)
{
	uint64_t about = 0;

	for (size_t i = 0; i < s->n; i++)
		about |= s->row[i].about;
	for (int i = 0; i < s->columns; i++)
		if ((about >> i & 1) && s->column[i].title != NULL) {
			sheet_note(s, "~ %s", a->words->estimated);
			return;
		}
}

int consumption_note_standby(struct sheet *s, const struct report_query *a,
			     struct err *e)
{
	struct standby_days d;
	int64_t before = a->from - (a->to - a->from);
	struct standby_power now, then;
	int rc;

	if (a->to - a->from > STANDBY_DAYS * (int64_t)DAY_S + HOUR_S)
		return 0;
	rc = standby_days_load(&d, a->h, before, a->to, e);
	if (rc < 0)
		return rc;
	now = standby_days_median(&d, a->from, a->to);
	then = standby_days_median(&d, before, a->from);
	standby_days_free(&d);
	if (now.days == 0)
		return 0;
	sheet_fact(s, "standby_w", SHEET_WHOLE, now.w);
	if (then.days > 0)
		sheet_note(s, "%s: %lld W; %s: %lld W", a->words->standby_power,
			   (long long)now.w, a->words->days_before,
			   (long long)then.w);
	else
		sheet_note(s, "%s: %lld W", a->words->standby_power,
			   (long long)now.w);
	return 0;
}
