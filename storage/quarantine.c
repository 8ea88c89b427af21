#include "storage/quarantine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fixed.h"
#include "storage/db/list.h"

/* Beyond so many that cannot be written they are counted in the newest. */
enum { WAITING_MAX = 5 * QUARANTINE_MAX };

/* Of telegrams: of one that is kept, and of all that wait. */
enum { TELEGRAM_KEPT = 16 * 1024, TELEGRAMS_WAIT = 4 * 1024 * 1024 };

/* Parameters of `add`; `again` and `full` take some of them. */
enum {
	AT_METER = 1,
	AT_COUNTERS,
	AT_CHANNEL,
	AT_REASON,
	AT_REGISTER,
	AT_VALUE,
	AT_MIN,
	AT_MAX,
	AT_TS,
	AT_LAST_TS,
	AT_STAMPS,
	AT_COUNT,
	AT_FIRST_SEEN,
	AT_LAST_SEEN,
	AT_TELEGRAM,
	AT_SOURCE,
};

/* clang-format off */
static const char add_sql[] =
	"INSERT INTO quarantine (meter, counters, channel, reason, register, "
	"value, expected_min, expected_max, ts, last_ts, stamps, count, "
	"first_seen_ts, last_seen_ts, telegram, time_source) VALUES (?1, ?2, "
	"?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
static const char again_sql[] =
	"UPDATE quarantine SET count = count + ?12, "
	"stamps = stamps + ?11 - (last_ts = ?9), ts = min(ts, ?9), "
	"last_ts = max(last_ts, ?10), last_seen_ts = ?14 "
	"WHERE meter = ?1 AND counters = ?2";
static const char full_sql[] =
	"UPDATE quarantine SET count = count + ?12, last_seen_ts = ?14 "
	"WHERE id = (SELECT id FROM quarantine WHERE reason = ?4 "
	"ORDER BY meter = ?1 DESC, id DESC LIMIT 1)";
/* clang-format on */

int quarantine_open(struct quarantine *q, sqlite3 *db, struct err *e)
{
	int rc = stmt_open(&q->add, db, add_sql, e);

	q->open = -1;
	if (rc == 0)
		rc = stmt_open(&q->again, db, again_sql, e);
	if (rc == 0)
		rc = stmt_open(&q->full, db, full_sql, e);
	if (rc == 0)
		rc = stmt_open(&q->total, db,
			       "SELECT count(*) FROM quarantine "
			       "WHERE rejected = 0",
			       e);
	return rc;
}

void quarantine_close(struct quarantine *q)
{
	quarantine_clear(q);
	free(q->list);
	stmt_close(&q->add);
	stmt_close(&q->again);
	stmt_close(&q->full);
	stmt_close(&q->total);
	*q = (struct quarantine){ 0 };
}

void quarantine_clear(struct quarantine *q)
{
	for (size_t i = 0; i < q->n; i++)
		free(q->list[i].telegram);
	q->n = q->bytes = 0;
}

const char *quarantine_register(bool electric, int where)
{
	return electric ? quantities[where].name : "value";
}

char *quarantine_text(char buf[static QUARANTINE_TEXT], bool electric,
		      const struct judge_point *p)
{
	size_t n = 0;

	buf[0] = '\0';
	for (int i = 0; i < JUDGE_REGISTERS && n < QUARANTINE_TEXT; i++)
		if (p->have >> i & 1)
			n += (size_t)snprintf(buf + n, QUARANTINE_TEXT - n,
					      "%s%s=%" PRId64, n ? " " : "",
					      quarantine_register(electric, i),
					      p->value[i]);
	return buf;
}

/* The register of a name; that of an M-Bus meter is 0. */
static int find_register(struct span name)
{
	if (span_eq(name, SPAN("value")))
		return 0;
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		if (span_eq(name, span_of(quantities[q].name)))
			return q;
	return -1;
}

bool quarantine_parse(struct span text, struct judge_point *p)
{
	struct span word, name;

	p->have = 0;
	while (text.n > 0) {
		int i;

		if (!span_cut(&text, ' ', &word)) {
			word = text;
			text.n = 0;
		}
		i = span_cut(&word, '=', &name) ? find_register(name) : -1;

		if (i < 0 || !fixed_parse(word, 0, &p->value[i]))
			return false;
		p->have |= 1u << i;
	}
	return p->have != 0;
}

static bool same_counters(const struct held *a, const struct held *b)
{
	if (a->meter != b->meter || a->point.have != b->point.have)
		return false;
	for (int i = 0; i < JUDGE_REGISTERS; i++)
		if (a->point.have >> i & 1 &&
		    a->point.value[i] != b->point.value[i])
			return false;
	return true;
}

static void count_on(struct held *have, const struct held *one)
{
	have->count++;
	have->stamps += one->point.ts != have->last_ts &&
			one->point.ts != have->point.ts;
	if (one->point.ts < have->point.ts)
		have->point.ts = one->point.ts;
	if (one->point.ts > have->last_ts)
		have->last_ts = one->point.ts;
	have->last_seen = one->first_seen;
}

int quarantine_hold(struct quarantine *q, const struct held *one,
		    struct span telegram, struct err *e)
{
	struct held *list, *new;

	for (size_t i = q->n; i-- > 0;)
		if (same_counters(&q->list[i], one)) {
			count_on(&q->list[i], one);
			return 0;
		}
	if (q->n >= WAITING_MAX) {
		q->list[q->n - 1].count++;
		return 0;
	}
	if (telegram.n > TELEGRAM_KEPT)
		telegram.n = TELEGRAM_KEPT;
	if (q->bytes + telegram.n > TELEGRAMS_WAIT)
		telegram.n = 0;
	list = list_more(q->list, q->n, &q->room, sizeof(*list));
	if (list == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	q->list = list;
	new = &list[q->n];
	*new = *one;
	new->last_ts = one->point.ts;
	new->last_seen = one->first_seen;
	new->count = new->stamps = 1;
	new->bytes = telegram.n;
	new->telegram = malloc(telegram.n + 1);
	if (new->telegram == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	if (telegram.n > 0)
		memcpy(new->telegram, telegram.p, telegram.n);
	q->bytes += telegram.n;
	q->n++;
	return 0;
}

static void bind(struct stmt *s, const struct held *h, int64_t meter)
{
	char counters[QUARANTINE_TEXT];
	bool electric = h->channel == 0;

	stmt_bind(s, AT_METER, meter);
	stmt_bind_text(s, AT_COUNTERS,
		       span_of(quarantine_text(counters, electric, &h->point)));
	stmt_bind(s, AT_CHANNEL, h->channel);
	stmt_bind_text(s, AT_REASON, span_of(verdict_words[h->why]));
	stmt_bind_text(s, AT_REGISTER,
		       span_of(quarantine_register(electric, h->where)));
	stmt_bind(s, AT_VALUE, h->point.value[h->where]);
	if (h->expected_min != INT64_MIN)
		stmt_bind(s, AT_MIN, h->expected_min);
	if (h->expected_max != INT64_MAX)
		stmt_bind(s, AT_MAX, h->expected_max);
	stmt_bind(s, AT_TS, h->point.ts);
	stmt_bind(s, AT_LAST_TS, h->last_ts);
	stmt_bind(s, AT_STAMPS, h->stamps);
	stmt_bind(s, AT_COUNT, h->count);
	stmt_bind(s, AT_FIRST_SEEN, h->first_seen);
	stmt_bind(s, AT_LAST_SEEN, h->last_seen);
	stmt_bind(s, AT_SOURCE, h->source);
	stmt_bind_blob(s, AT_TELEGRAM, (struct span){ h->telegram, h->bytes });
}

/* Counted where it is already, or when there are too many; else a new row. */
int quarantine_add(struct quarantine *q, struct meters *m, const struct held *h,
		   struct err *e)
{
	int64_t meter = 0;
	int rc = meters_look(m, h->meter, &meter, e);

	if (rc < 0)
		return rc;
	bind(&q->again, h, meter);
	rc = stmt_run(&q->again, e);
	if (rc == 0 && q->open >= QUARANTINE_MAX) {
		bind(&q->full, h, meter);
		rc = stmt_run(&q->full, e);
	}
	if (rc != 0)
		return rc < 0 ? rc : 0;
	if (meters_id(m, h->meter, &meter, e) < 0)
		return e->code;
	q->open++;
	bind(&q->add, h, meter);
	rc = stmt_run(&q->add, e);
	return rc < 0 ? rc : 0;
}

int quarantine_write(struct quarantine *q, struct meters *m, struct err *e)
{
	int rc = 0;

	if (q->n > 0)
		rc = stmt_value(&q->total, 0, &q->open, e);
	for (size_t i = 0; rc == 0 && i < q->n; i++)
		rc = quarantine_add(q, m, &q->list[i], e);
	return rc;
}

void quarantine_move(struct quarantine *to, struct quarantine *from)
{
	struct quarantine empty = *to;

	to->list = from->list;
	to->n = from->n;
	to->room = from->room;
	to->bytes = from->bytes;
	from->list = empty.list;
	from->n = empty.n;
	from->room = empty.room;
	from->bytes = empty.bytes;
}
