#include "forward/today.h"

#include "base/jsonout.h"
#include "base/utc.h"

const char *const today_names[TODAY_COUNT] = {
#define X(id, name, words, unit) name,
	TODAY_ITEMS(X)
#undef X
};

const char *const today_words[TODAY_COUNT] = {
#define X(id, name, words, unit) words,
	TODAY_ITEMS(X)
#undef X
};

static void put_time(struct jsonout *o, const char *name, int64_t utc)
{
	char text[UTC_TEXT];

	jsonout_text(o, name, span_of(utc_format(text, utc)));
}

struct span today_json(const struct today *t, char buf[static TODAY_TEXT])
{
	struct jsonout o = jsonout(buf, TODAY_TEXT);

	jsonout_open(&o, NULL, '{');
	put_time(&o, "since", t->since);
	put_time(&o, "until", t->until);
	for (int i = 0; i < TODAY_COUNT; i++)
		if (t->known[i])
			jsonout_decimal(&o, today_names[i], t->of[i]);
	if (t->known[TODAY_COST])
		jsonout_text(&o, "currency", span_of(t->currency));
	jsonout_close(&o, '}');
	return (struct span){ buf, jsonout_end(&o) };
}
