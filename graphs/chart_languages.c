#include "graphs/chart_languages.h"

#include <string.h>

#include "base/span.h"

/* clang-format off */
static const struct picture_words languages[] = {
	{ .code = "en", .point = '.', .money_space = "",
	  .dates = &date_words[0],
	  .medium = { [MEDIUM_ELECTRICITY] = "electricity", [MEDIUM_GAS] = "gas",
		      [MEDIUM_WATER] = "water", [MEDIUM_WARM_WATER] = "warm water",
		      [MEDIUM_HEAT] = "heat", [MEDIUM_COLD] = "cooling" },
	  .Medium = { [MEDIUM_ELECTRICITY] = "Electricity", [MEDIUM_GAS] = "Gas",
		      [MEDIUM_WATER] = "Water", [MEDIUM_WARM_WATER] = "Warm water",
		      [MEDIUM_HEAT] = "Heat", [MEDIUM_COLD] = "Cooling" },
	  .from_grid = "from the grid", .to_grid = "to the grid",
	  .low = "low", .normal = "normal", .night = "night", .day_of = "day",
	  .tariff = "tariff ",
	  .mean_of = "mean of", .minutes = "min", .highest = "highest within",
	  .usual = "usual day (mean of 7)", .a_usual_day = "a usual day",
	  .per_hour = "per hour", .unfinished = "not finished",
	  .no_readings = "no readings",
	  .only_total = "no readings: only the total is known",
	  .standby = "standby", .at_time = "at ", .until = "until", .now = "now",
	  .less = "less", .more = "more", .than = "than", .against = "against",
	  .same = "the same as", .week_before = "the week before",
	  .known_since = "known since",
	  .none_used = { [MEDIUM_ELECTRICITY] = "no electricity used", [MEDIUM_GAS] = "no gas used",
			 [MEDIUM_WATER] = "no water used", [MEDIUM_WARM_WATER] = "no warm water used",
			 [MEDIUM_HEAT] = "no heat used", [MEDIUM_COLD] = "no cooling used" },
	  .none_read = { [MEDIUM_ELECTRICITY] = "no electricity readings",
			 [MEDIUM_GAS] = "no gas readings",
			 [MEDIUM_WATER] = "no water readings",
			 [MEDIUM_WARM_WATER] = "no warm water readings",
			 [MEDIUM_HEAT] = "no heat readings", [MEDIUM_COLD] = "no cooling readings" },
	  .begins = "The first readings are coming in." },
	{ .code = "nl", .point = ',', .money_space = "\u00a0",
	  .dates = &date_words[1],
	  .medium = { [MEDIUM_ELECTRICITY] = "stroom", [MEDIUM_GAS] = "gas",
		      [MEDIUM_WATER] = "water", [MEDIUM_WARM_WATER] = "warm water",
		      [MEDIUM_HEAT] = "warmte", [MEDIUM_COLD] = "koude" },
	  .Medium = { [MEDIUM_ELECTRICITY] = "Stroom", [MEDIUM_GAS] = "Gas",
		      [MEDIUM_WATER] = "Water", [MEDIUM_WARM_WATER] = "Warm water",
		      [MEDIUM_HEAT] = "Warmte", [MEDIUM_COLD] = "Koude" },
	  .from_grid = "afname", .to_grid = "teruglevering",
	  .low = "dal", .normal = "normaal", .night = "nacht", .day_of = "dag",
	  .tariff = "tarief ",
	  .mean_of = "gemiddeld per", .minutes = "min", .highest = "hoogste in die tijd",
	  .usual = "gewone dag (gemiddelde van 7)", .a_usual_day = "een gewone dag",
	  .per_hour = "per uur", .unfinished = "nog bezig",
	  .no_readings = "geen metingen",
	  .only_total = "geen metingen: alleen het totaal is bekend",
	  .standby = "sluipverbruik", .at_time = "om ", .until = "tot", .now = "nu",
	  .less = "minder", .more = "meer", .than = "dan", .against = "tegen",
	  .same = "gelijk aan", .week_before = "de week ervoor",
	  .known_since = "gemeten sinds",
	  .none_used = { [MEDIUM_ELECTRICITY] = "geen stroom gebruikt", [MEDIUM_GAS] = "geen gas gebruikt",
			 [MEDIUM_WATER] = "geen water gebruikt",
			 [MEDIUM_WARM_WATER] = "geen warm water gebruikt",
			 [MEDIUM_HEAT] = "geen warmte gebruikt", [MEDIUM_COLD] = "geen koude gebruikt" },
	  .none_read = { [MEDIUM_ELECTRICITY] = "geen metingen van stroom",
			 [MEDIUM_GAS] = "geen metingen van gas",
			 [MEDIUM_WATER] = "geen metingen van water",
			 [MEDIUM_WARM_WATER] = "geen metingen van warm water",
			 [MEDIUM_HEAT] = "geen metingen van warmte",
			 [MEDIUM_COLD] = "geen metingen van koude" },
	  .begins = "De eerste metingen komen binnen." },
};
/* clang-format on */

const struct picture_words *picture_words_of(int i)
{
	return &languages[i];
}

const struct picture_words *picture_words_find(const char *code)
{
	for (size_t i = 0; i < COUNT(languages); i++)
		if (strcmp(languages[i].code, code) == 0)
			return &languages[i];
	return NULL;
}
