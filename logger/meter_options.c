#include "logger/meter_options.h"

#include "base/fixed.h"
#include "base/utc.h"
#include "logger/keyfile.h"
#include "storage/history/added_meters.h"

enum { HOURS_MAX = 14 };

/* Hours such as "2", "+2" or "-3.5". */
static int read_offset(struct meter_options *h, const char *text, struct err *e)
{
	enum { THOUSANDTHS = 3 };
	struct span s = span_of(text);
	int sign = text[0] == '-' ? -1 : 1;
	int64_t hours;

	if (s.n > 0 && (*s.p == '-' || *s.p == '+'))
		s = span_skip(s, 1);
	if (!fixed_parse(s, THOUSANDTHS, &hours) || hours > HOURS_MAX * 1000)
		return err_set(e, ERR_CONFIG,
			       "[meter] utc_offset: '%s' is not a "
			       "number of hours from -%d to %d",
			       text, HOURS_MAX, HOURS_MAX);
	h->base = sign * (int)(hours * HOUR_S / 1000);
	h->base_known = true;
	return 0;
}

/* Refuse the house's own meter in `also`: it is counted already. */
static int check_also(const struct all_settings *s, struct err *e)
{
	const char *list = s->also;
	struct span name;

	while (added_meters_next(&list, &name))
		if (added_meters_same(name, span_of(s->identifier)))
			return err_set(e, ERR_CONFIG,
				       "[meter] also: '%.*s' is the house's "
				       "meter, which [meter] identifier names",
				       SPAN_ARG(name));
	return 0;
}

int meter_options_load(struct meter_options *h, const struct all_settings *s,
		       struct err *e)
{
	int rc;

	*h = (struct meter_options){ 0 };
	if (check_also(s, e) < 0)
		return e->code;
	if (s->utc_offset[0] != '\0' && read_offset(h, s->utc_offset, e) < 0)
		return e->code;
	rc = keyfile_load(s->key_file, s->auth_key_file, &h->keys, e);
	h->has_keys = rc > 0;
	return rc < 0 ? rc : 0;
}

struct reader_options meter_options_options(const struct meter_options *h)
{
	return (struct reader_options){
		.keys = h->has_keys ? &h->keys : NULL,
		.base_known = h->base_known,
		.base = h->base,
	};
}
