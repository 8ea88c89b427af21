#include "web/held_json.h"

#include <string.h>

#include "base/jsonout.h"
#include "base/utc.h"
#include "web/handler_data.h"

enum { OBJECT = 8192 };

struct item_list {
	FILE *out;
	const char *before; /* separator before the next item */
};

static void add_text(struct jsonout *o, const char *name, const char *text)
{
	if (text[0] != '\0')
		jsonout_text(o, name, span_of(text));
}

static void add_row(void *ctx, const struct held_list_entry *q, int64_t since)
{
	char buf[OBJECT], time[UTC_TEXT], sentence[HELD_LIST_SENTENCE];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct item_list *h = ctx;

	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "medium", span_of(q->medium));
	add_text(&o, "meter", q->identifier);
	jsonout_text(&o, "since", span_of(utc_format(time, since)));
	jsonout_text(&o, "until", span_of(utc_format(time, q->last_ts)));
	jsonout_text(&o, "reason", span_of(q->reason));
	jsonout_text(&o, "register", span_of(q->name));
	jsonout_decimal(&o, "value", q->value);
	if (q->has_min)
		jsonout_decimal(&o, "expected_min", q->expected_min);
	if (q->has_max)
		jsonout_decimal(&o, "expected_max", q->expected_max);
	add_text(&o, "unit", q->unit);
	jsonout_whole(&o, "accept", q->id);
	jsonout_text(&o, "sentence",
		     span_of(held_list_sentence(sentence, q, since)));
	jsonout_close(&o, '}');
	if (jsonout_end(&o) == 0)
		return;
	fprintf(h->out, "%s%s", h->before, buf);
	h->before = ",\n";
}

int handle_held(struct handler_data *w, const struct request *r, FILE *out,
		struct err *e)
{
	struct item_list h = { out, "" };
	int rc = handler_data_query(w, e);

	(void)r;
	if (rc < 0)
		return rc;
	fputs("{\"held\":[", out);
	rc = query_stuck(w->query, add_row, &h, e);
	fputs("]}\n", out);
	return rc;
}

static void print_fed(const struct handler_data *w, FILE *out)
{
	static const char name[] = "\"held\":[";
	const char *held = strstr(w->line, name);
	const char *end = held != NULL ? strchr(held, ']') : NULL;

	if (end != NULL)
		fprintf(out, ",%.*s", (int)(end + 1 - held), held);
}

static void add_medium(void *ctx, const struct held_list_entry *q,
		       int64_t since)
{
	struct item_list *h = ctx;

	(void)since;
	if (strpbrk(q->medium, "\"\\") != NULL)
		return;
	fprintf(h->out, "%s\"%s\"", h->before, q->medium);
	h->before = ",";
}

void held_json_media(struct handler_data *w, FILE *out)
{
	struct item_list h = { out, ",\"held\":[" };
	struct err ignored;

	if (handler_data_is_fed(w)) {
		print_fed(w, out);
		return;
	}
	if (handler_data_query(w, &ignored) == 0)
		query_stuck(w->query, add_medium, &h, &ignored);
	if (h.before[1] == '\0')
		fputc(']', out);
}

static void add_other(void *ctx, const struct held_list_other *other)
{
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	struct item_list *h = ctx;

	jsonout_text(&o, NULL, span_of(other->identifier));
	if (jsonout_end(&o) == 0)
		return;
	fprintf(h->out, "%s%s", h->before, buf);
	h->before = ",";
}

void held_json_others(struct handler_data *w, FILE *out)
{
	struct item_list h = { out, ",\"other_meters\":[" };
	struct err ignored;

	if (handler_data_query(w, &ignored) == 0)
		query_others(w->query, add_other, &h, &ignored);
	if (h.before[1] == '\0')
		fputc(']', out);
}
