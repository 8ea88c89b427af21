#include "telegram/parse_timestamp.h"

enum { TST = 12, SUMMER = HOUR_S };

/* Convert "19-01-01 00:00:00" to twelve digits. */
static bool read_spaced(struct span text, char digits[static TST])
{
	static const char form[] = "00-00-00 00:00:00";
	size_t n = 0;

	if (text.n != sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (form[i] == '0')
			digits[n++] = text.p[i];
		else if (text.p[i] != form[i])
			return false;
	return true;
}

struct timestamp parse_timestamp(struct span text, int base)
{
	struct timestamp s = { TIMESTAMP_NONE, 0, { 0 } };
	char digits[TST], letter = '\0';

	if (text.n == TST + 1) {
		letter = (char)(text.p[TST] & ~0x20);
		if (letter != 'S' && letter != 'W')
			return s;
		text.n = TST;
	} else if (read_spaced(text, digits)) {
		text = (struct span){ digits, TST };
	}
	if (!civil_parse_tst(text, &s.civil))
		return s;
	s.kind = letter ? TIMESTAMP_UTC : TIMESTAMP_CIVIL;
	if (letter)
		s.utc = utc_from_civil(&s.civil) - base -
			(letter == 'S' ? SUMMER : 0);
	return s;
}
