#include "web/readings_json.h"

#include "base/jsonout.h"
#include "telegram/meter_serial.h"
#include "web/amounts_json.h"
#include "web/handler_data.h"
#include "web/query_params.h"

enum { OBJECT = 2048 };

struct item_list {
	struct handler_data *w;
	FILE *out;
	const char *before; /* separator before the next item */
	int64_t at;
	int rc;
	struct err *e;
};

/* One of the readings around the instant. */
static void add_side(struct item_list *l, struct jsonout *o, const char *name,
		     int64_t ts, int64_t value)
{
	jsonout_open(o, name, '{');
	jsonout_whole(o, "ts", ts);
	if (l->rc == 0)
		l->rc = amounts_json_local(l->w, o, "local_time", ts, l->e);
	jsonout_decimal(o, "value", value);
	jsonout_close(o, '}');
}

static void add_reading(void *ctx, const struct meter_reading *r)
{
	char buf[OBJECT], serial[METER_SERIAL_TEXT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct item_list *l = ctx;

	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "medium", r->medium);
	if (r->identifier.n > 0)
		jsonout_text(&o, "meter",
			     span_of(meter_serial(serial, r->identifier)));
	if (r->channel > 0)
		jsonout_whole(&o, "channel", r->channel);
	jsonout_text(&o, "register", span_of(r->reg));
	jsonout_text(&o, "obis", r->obis);
	jsonout_text(&o, "unit", span_of(units[r->unit].json));
	jsonout_decimal(&o, "value", r->value);
	jsonout_raw(&o, "exact", r->before_ts == l->at ? "true" : "false");
	add_side(l, &o, "before", r->before_ts, r->before);
	if (r->has_after)
		add_side(l, &o, "after", r->after_ts, r->after);
	jsonout_close(&o, '}');
	if (jsonout_end(&o) == 0)
		return;
	fprintf(l->out, "%s%s", l->before, buf);
	l->before = ",\n";
}

int handle_readings(struct handler_data *w, const struct request *r, FILE *out,
		    struct err *e)
{
	struct item_list l = { .w = w, .out = out, .before = "", .e = e };
	char local[LOCAL_TIME_TEXT];
	int rc = handler_data_query(w, e);

	if (rc == 0)
		rc = query_params_instant(w, r, "at=", clock_utc(w->clock),
					  &l.at, e);
	if (rc == 0)
		rc = query_local_time(w->query, l.at, local, e);
	if (rc < 0)
		return rc;
	fprintf(out, "{\"at_ts\":%lld,\"local_at\":\"%s\",\"readings\":[",
		(long long)l.at, local);
	rc = query_registers_at(w->query, l.at, add_reading, &l, e);
	fputs("]}\n", out);
	return rc < 0 ? rc : l.rc;
}
