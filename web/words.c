#include "web/words.h"

#include <stdlib.h>
#include <strings.h>

/* The first is the default. */
static const struct words languages[] = {
	{
		.language = "en",
		.title = "Home",
		.app = "Energy",
		.now = "Now",
		.from_grid = "from the grid",
		.to_grid = "to the grid",
		.last = "Reading from %s",
		.none_since = "The meter is silent: last reading %s.",
		.none = "There is no reading yet.",
		.no_script = "This browser does not run JavaScript, so this "
			     "page shows less.",
		.again = "Show the newest reading",
		.day = "Day",
		.week = "Week",
		.month = "Month",
		.year = "Year",
		.electricity = "Electricity",
		.gas = "Gas",
		.water = "Water",
		.warm_water = "Warm water",
		.heat = "Heat",
		.cold = "Cooling",
		.host_title = "This name is not in the settings",
		.host_why = "p1web answers only to names that it knows, so "
			    "that no other site can read your meter.",
		.host_how = "If this is a name of your own machine, add it to "
			    "this line of the section <code>[web]</code> in "
			    "<code>/etc/p1logger.ini</code>:",
		.host_then = "Then restart p1web:",
	},
	{
		.language = "nl",
		.title = "Thuis",
		.app = "Energie",
		.now = "Nu",
		.from_grid = "afname van het net",
		.to_grid = "teruglevering aan het net",
		.last = "Meting van %s",
		.none_since = "De meter stuurt niets: laatste meting %s.",
		.none = "Er is nog geen meting.",
		.no_script = "Deze browser voert geen JavaScript uit; daarom "
			     "toont deze pagina minder.",
		.again = "Toon de nieuwste meting",
		.day = "Dag",
		.week = "Week",
		.month = "Maand",
		.year = "Jaar",
		.electricity = "Stroom",
		.gas = "Gas",
		.water = "Water",
		.warm_water = "Warm water",
		.heat = "Warmte",
		.cold = "Koude",
		.host_title = "Deze naam staat niet in de instellingen",
		.host_why = "p1web reageert alleen op namen die het kent, "
			    "zodat geen andere site je meter kan uitlezen.",
		.host_how = "Is dit een naam van je eigen machine? Zet hem dan "
			    "op deze regel onder <code>[web]</code> in "
			    "<code>/etc/p1logger.ini</code>:",
		.host_then = "Herstart daarna p1web:",
	},
};

/* Is it "nl", "nl-BE" or similar? */
static bool is_of(struct span tag, const char *language)
{
	size_t n = strlen(language);

	return tag.n >= n && strncasecmp(tag.p, language, n) == 0 &&
	       (tag.n == n || tag.p[n] == '-');
}

/* The number after "q=", in thousandths; 1000 if there is none. */
static long weight_of(struct span parameter)
{
	char text[8] = "";
	double q;

	parameter = span_trim(parameter);
	if (!span_starts(parameter, SPAN("q=")))
		return 1000;
	parameter = span_skip(parameter, 2);
	memcpy(text, parameter.p,
	       parameter.n < sizeof(text) ? parameter.n : sizeof(text) - 1);
	q = strtod(text, NULL);
	return q > 0 && q <= 1 ? (long)(1000 * q) : 0;
}

const struct words *words_for(struct span accept_language, bool *named)
{
	const struct words *best = &languages[0];
	long most = 0;

	while (accept_language.n > 0) {
		struct span weight = span_take(&accept_language, ',');
		struct span tag = span_trim(span_take(&weight, ';'));
		long q = weight_of(weight);

		for (size_t i = 0; i < COUNT(languages); i++)
			if (q > most && is_of(tag, languages[i].language)) {
				best = &languages[i];
				most = q;
			}
	}
	*named = most > 0;
	return best;
}

const struct words *words_named(const char *language)
{
	for (size_t i = 0; i < COUNT(languages); i++)
		if (strcmp(languages[i].language, language) == 0)
			return &languages[i];
	return &languages[0];
}
