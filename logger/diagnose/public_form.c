#include "logger/diagnose/public_form.h"

#include <string.h>
#include <strings.h>

#include "base/fixed.h"
#include "telegram/lines.h"
#include "telegram/obis_code.h"
#include "telegram/parse_timestamp.h"
#include "telegram/reading.h"
#include "telegram/units.h"

enum {
	COUNT_MOST = 6,	 /* digits of a count: 50217, or hhmmss */
	BARE_MOST = 12,	 /* size of a number without a unit: 00012345.678 */
	BARE_WHOLE = 8,	 /* the same without a point */
	UNIT_MOST = 16,	 /* size of a number with a unit: 00013174.3160000 */
	REFER_MOST = 17, /* size of a reference: 15-15:255.255.255 */
};

/* Units printed by meters that none of our quantities has. */
static const char *const more_units[] = { "s",	"min", "h",   "Hz",   "kHz",
					  "VA", "kVA", "VAh", "kVAh", "Mvar" };

static bool is_unit(struct span s)
{
	int scale;

	if (unit_find(s, &scale) != UNIT_COUNT)
		return true;
	for (size_t i = 0; i < COUNT(more_units); i++)
		if (strlen(more_units[i]) == s.n &&
		    strncasecmp(more_units[i], s.p, s.n) == 0)
			return true;
	return false;
}

static bool fits_number(struct span v)
{
	struct printed p;
	int64_t any;

	if (v.n > 0 && *v.p == '-')
		v = span_skip(v, 1);
	p = printed_split(v);
	if (!fixed_parse(p.number, 0, &any))
		return false;
	if (p.unit.n > 0)
		return p.number.n <= UNIT_MOST && is_unit(p.unit);
	return p.number.n <= (memchr(p.number.p, '.', p.number.n) != NULL
				      ? BARE_MOST
				      : BARE_WHOLE);
}

static bool fits_count(struct span v)
{
	int64_t any;

	return v.n <= COUNT_MOST && memchr(v.p, '.', v.n) == NULL &&
	       fixed_parse(v, 0, &any);
}

static bool fits_time(struct span v)
{
	return parse_timestamp(v, 0).kind != TIMESTAMP_NONE;
}

static bool fits_reference(struct span v)
{
	return v.n <= REFER_MOST && obis_parse(v) != OBIS_NONE;
}

static bool fits_state(struct span v)
{
	return span_eq(v, SPAN("ON")) || span_eq(v, SPAN("OFF"));
}

static const struct {
	char letter;
	bool (*fits)(struct span value);
} kinds[] = {
	{ 'n', fits_number },	 { 'c', fits_count }, { 't', fits_time },
	{ 'r', fits_reference }, { 'u', is_unit },    { 'o', fits_state },
};

/* The letter of a group; those after the ':' repeat. 0 if there is none. */
static char letter_of(const char *form, int at)
{
	int once = (int)strcspn(form, ":|");
	int again = form[once] == ':' ? (int)strcspn(form + once + 1, "|") : 0;

	if (at < once)
		return form[at];
	return again > 0 ? form[once + 1 + (at - once) % again] : 0;
}

bool public_form_fits(const char *form, int at, struct span value)
{
	char letter = form != NULL ? letter_of(form, at) : 0;

	value = span_trim(value);
	if (value.n == 0)
		return true;
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].letter == letter)
			return kinds[i].fits(value);
	return false;
}

static int count_fits(const char *form, struct span groups)
{
	struct span value;
	int n = 0;

	for (int at = 0; telegram_group(&groups, &value); at++)
		n += public_form_fits(form, at, value);
	return n;
}

const char *public_form(const char *forms, struct span groups)
{
	const char *best = forms, *form = forms;

	while (form != NULL) {
		if (count_fits(form, groups) > count_fits(best, groups))
			best = form;
		form = strchr(form, '|');
		if (form != NULL)
			form++;
	}
	return best;
}
