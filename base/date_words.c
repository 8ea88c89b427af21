#include "base/date_words.h"

#include <string.h>

#include "base/span.h"

/* clang-format off */
const struct date_words date_words[DATE_WORDS_LANGUAGES] = {
	{ .code = "en",
	  .month = { "January", "February", "March", "April", "May", "June",
		     "July", "August", "September", "October", "November", "December" },
	  .month_short = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
			   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
	  .day = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
	  .day_short = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
	  .week = "week" },
	{ .code = "nl",
	  .month = { "januari", "februari", "maart", "april", "mei", "juni",
		     "juli", "augustus", "september", "oktober", "november", "december" },
	  .month_short = { "jan", "feb", "mrt", "apr", "mei", "jun",
			   "jul", "aug", "sep", "okt", "nov", "dec" },
	  .day = { "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag" },
	  .day_short = { "ma", "di", "wo", "do", "vr", "za", "zo" },
	  .week = "week" },
};
/* clang-format on */

const struct date_words *date_words_find(const char *code)
{
	for (size_t i = 0; i < COUNT(date_words); i++)
		if (strcmp(date_words[i].code, code) == 0)
			return &date_words[i];
	return NULL;
}
