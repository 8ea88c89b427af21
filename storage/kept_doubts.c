/* Counters that wait to be judged. */
#include <stdlib.h>

#include "storage/db/list.h"
#include "storage/kept.h"

enum {
	DOUBTS_MAX = 20000, /* that wait; beyond, only counters are lost */
	TELEGRAM_MAX = 16 * 1024,
	TELEGRAMS_MAX = 2 * 1024 * 1024, /* bytes of all that wait */
};

void kept_drop_doubts(struct kept *k)
{
	for (size_t i = 0; i < k->doubt_count; i++)
		free(k->doubts[i].telegram);
	k->doubt_count = k->doubt_bytes = 0;
}

int kept_doubt(struct kept *k, const struct kept_doubt *d, struct span telegram,
	       struct err *e)
{
	struct kept_doubt *list, *one;

	if (k->doubt_count >= DOUBTS_MAX)
		return 0;
	list = list_more(k->doubts, k->doubt_count, &k->doubt_room,
			 sizeof(*list));
	if (list == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	k->doubts = list;
	one = &list[k->doubt_count];
	*one = *d;
	if (telegram.n > TELEGRAM_MAX)
		telegram.n = TELEGRAM_MAX;
	if (k->doubt_bytes + telegram.n > TELEGRAMS_MAX)
		telegram.n = 0;
	one->bytes = telegram.n;
	one->telegram = malloc(telegram.n + 1);
	if (one->telegram == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	if (telegram.n > 0)
		memcpy(one->telegram, telegram.p, telegram.n);
	k->doubt_bytes += telegram.n;
	k->doubt_count++;
	return 0;
}

static int doubt_value(struct kept *k, const struct kept_value *v,
		       struct err *e)
{
	struct kept_doubt d = { .ts = v->ts,
				.channel = v->channel,
				.row = { .ts = v->ts,
					 .meter = v->meter,
					 .weight = 1,
					 .have = 1,
					 .value = { v->value } } };

	return kept_doubt(k, &d, SPAN(""), e);
}

int kept_doubt_all(struct kept *k, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < k->row_count; i++) {
		struct kept_row *r = &k->rows[i];
		struct kept_doubt d = { .ts = r->ts, .row = *r };

		if (r->tables & KEPT_ELECTRICITY)
			rc = kept_doubt(k, &d, SPAN(""), e);
		r->tables &= ~(unsigned)KEPT_ELECTRICITY;
	}
	for (size_t i = 0; rc == 0 && i < k->value_count; i++)
		rc = doubt_value(k, &k->values[i], e);
	if (rc == 0)
		k->value_count = 0;
	k->fold.weight = 0;
	k->row_at = KEPT_NOWHERE;
	return rc;
}
