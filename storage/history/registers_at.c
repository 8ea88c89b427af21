#include "storage/history/registers_at.h"

#include "storage/db/stmt.h"
#include "storage/history/interpolation_share.h"
#include "telegram/reading.h"

enum {
	REGISTERS = Q_REACTIVE_EXPORT_TOTAL + 1,
	NEAR = 20, /* rows to look at: one may lack a register */
};

_Static_assert(REGISTERS == 12, "counters come first");

enum side { BEFORE, AFTER };

/*
 * SQL for a kind of meter: those in place at ?1, and the rows of meter ?3 from
 * ?2 on or before it. The house's rows are those of all its meters.
 */
enum kind { HOUSE, ADDED, MBUS, KINDS };

#define METER "SELECT m.id, m.medium, m.identifier, m.unit, i.channel"
#define JOINED                                                                 \
	" FROM meter AS m JOIN installation AS i ON i.meter = m.id"            \
	" AND i.first_ts = (SELECT max(first_ts) FROM installation"            \
	" WHERE meter = m.id AND first_ts <= ?1) WHERE "
#define OF_HOUSE                                                               \
	"FROM installation AS n WHERE n.channel = 0"                           \
	" AND n.medium = 'electricity' AND n.first_ts "
#define OTHERS OF_HOUSE "<= ?1 AND n.meter <> m.id"

static const char *const meters_sql[KINDS] = {
	/* Also the start of its runs, and of the next meter's. */
	[HOUSE] = METER
	", (SELECT min(n.first_ts) " OF_HOUSE "<= ?1 AND n.first_ts >"
	" ifnull((SELECT max(n.first_ts) " OTHERS "), 0)),"
	" (SELECT min(n.first_ts) " OF_HOUSE "> ?1 AND n.meter <> m.id)"
	" FROM installation AS i JOIN meter AS m ON m.id = i.meter"
	" WHERE i.channel = 0 AND i.medium = 'electricity' AND i.first_ts ="
	" (SELECT max(n.first_ts) " OF_HOUSE "<= ?1)",
	[ADDED] = METER ", 0, NULL" JOINED
			"i.channel < 0 AND m.other < 0 ORDER BY m.id",
	/*
	 * A meter that another one replaced on its channel is gone; two meters
	 * that send at the same time may share a channel.
	 */
	[MBUS] = METER ", 0, NULL" JOINED
		       "i.channel > 0 AND m.other IS NULL AND NOT EXISTS"
		       " (SELECT * FROM installation AS n WHERE n.channel ="
		       " i.channel AND n.medium = i.medium AND n.meter <> m.id"
		       " AND n.first_ts <= ?1 AND n.first_ts > (SELECT max(ts)"
		       " FROM mbus WHERE meter = m.id AND ts <= ?1))"
		       " ORDER BY i.channel, m.id",
};

static const char *const rows_of[KINDS] = {
	[HOUSE] = "electricity WHERE",
	[ADDED] = "other_electricity WHERE meter = ?3 AND",
	[MBUS] = "mbus WHERE meter = ?3 AND",
};

struct meter {
	enum kind kind;
	int64_t id, first, next; /* its rows, UTC */
	struct span medium, identifier, unit;
	int channel;
};

/* The nearest reading of each register on one side. */
struct nearest {
	bool has[REGISTERS];
	int64_t ts[REGISTERS], value[REGISTERS];
};

struct finder {
	sqlite3 *db;
	int64_t t;
	struct stmt rows[KINDS][2];
	void (*row)(void *ctx, const struct meter_reading *r);
	void *ctx;
};

static int columns_of(enum kind kind)
{
	return kind == MBUS ? 1 : REGISTERS;
}

static int open_rows(struct finder *f, enum kind kind, enum side side,
		     struct err *e)
{
	sqlite3_str *sql;

	if (stmt_is_open(&f->rows[kind][side]))
		return 0;
	sql = sqlite3_str_new(f->db);
	sqlite3_str_appendall(sql, "SELECT ts");
	for (int i = 0; i < columns_of(kind); i++)
		sqlite3_str_appendf(sql, ", %s",
				    kind == MBUS ? "value"
						 : quantities[i].column);
	sqlite3_str_appendf(sql, " FROM %s %s LIMIT %d", rows_of[kind],
			    side == BEFORE
				    ? "ts <= ?1 AND ts >= ?2 ORDER BY ts DESC"
				    : "ts > ?1 AND ts < ?2 ORDER BY ts",
			    NEAR);
	return stmt_open_text(&f->rows[kind][side], f->db, sql, e);
}

static void read_row(struct stmt *s, int n, struct nearest *out)
{
	for (int i = 0; i < n; i++) {
		if (out->has[i] || stmt_is_null(s, 1 + i))
			continue;
		out->has[i] = true;
		out->ts[i] = stmt_time(s, 0);
		out->value[i] = stmt_int(s, 1 + i);
	}
}

static int find_nearest(struct finder *f, const struct meter *m, enum side side,
			struct nearest *out, struct err *e)
{
	struct stmt *s = &f->rows[m->kind][side];
	int rc = open_rows(f, m->kind, side, e);

	*out = (struct nearest){ 0 };
	if (rc < 0)
		return rc;
	stmt_bind_all(
		s,
		(int64_t[]){ f->t, side == BEFORE ? m->first : m->next, m->id },
		m->kind == HOUSE ? 2 : 3);
	while ((rc = stmt_next(s, e)) > 0)
		read_row(s, columns_of(m->kind), out);
	return rc;
}

static enum unit unit_of(struct span suffix)
{
	for (int i = 0; i < UNIT_COUNT; i++)
		if (span_eq(span_of(units[i].suffix), suffix))
			return (enum unit)i;
	return UNIT_NUMBER;
}

static struct meter_reading reading_of(const struct meter *m, int i)
{
	struct meter_reading r = { .medium = m->medium,
				   .identifier = m->identifier };
	const char *colon;

	if (m->kind == MBUS) {
		r.channel = m->channel;
		r.reg = "value";
		r.obis = SPAN("24.2.1");
		r.unit = unit_of(m->unit);
		return r;
	}
	r.reg = quantities[i].name;
	r.obis = quantities[i].obis;
	r.unit = quantities[i].unit;
	colon = memchr(r.obis.p, ':', r.obis.n);
	if (colon != NULL)
		r.obis = span_skip(r.obis, (size_t)(colon + 1 - r.obis.p));
	return r;
}

static void report(struct finder *f, const struct meter *m, int i,
		   const struct nearest *a, const struct nearest *b)
{
	struct meter_reading r = reading_of(m, i);

	r.value = r.before = a->value[i];
	r.before_ts = a->ts[i];
	r.has_after = b->has[i] && a->ts[i] < f->t && b->value[i] >= r.before;
	if (r.has_after) {
		r.after_ts = b->ts[i];
		r.after = b->value[i];
		r.value += interpolation_share(r.after - r.before, f->t,
					       r.before_ts, r.after_ts);
	}
	f->row(f->ctx, &r);
}

static int report_meter(struct finder *f, const struct meter *m, struct err *e)
{
	struct nearest a, b = { 0 };
	int rc = find_nearest(f, m, BEFORE, &a, e);

	if (rc == 0)
		rc = find_nearest(f, m, AFTER, &b, e);
	for (int i = 0; i < columns_of(m->kind) && rc == 0; i++)
		if (a.has[i])
			report(f, m, i, &a, &b);
	return rc;
}

static int report_kind(struct finder *f, enum kind kind, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, f->db, meters_sql[kind], e);

	if (rc == 0)
		stmt_bind(&s, 1, f->t);
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		struct meter m = {
			.kind = kind,
			.id = stmt_key(&s, 0),
			.medium = stmt_text(&s, 1),
			.identifier = stmt_text(&s, 2),
			.unit = stmt_text(&s, 3),
			.channel = (int)stmt_int(&s, 4),
			.first = stmt_time(&s, 5),
			.next = stmt_is_null(&s, 6) ? INT64_MAX
						    : stmt_time(&s, 6),
		};

		rc = report_meter(f, &m, e);
	}
	stmt_close(&s);
	return rc;
}

int registers_at(sqlite3 *db, int64_t t,
		 void (*row)(void *ctx, const struct meter_reading *r),
		 void *ctx, struct err *e)
{
	struct finder f = { .db = db, .t = t, .row = row, .ctx = ctx };
	int rc = 0;

	for (enum kind kind = 0; kind < KINDS && rc == 0; kind++)
		rc = report_kind(&f, kind, e);
	for (enum kind kind = 0; kind < KINDS; kind++)
		stmt_close_all(f.rows[kind], COUNT(f.rows[kind]));
	return rc;
}
