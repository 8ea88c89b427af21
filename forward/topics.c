#include "forward/topics.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

char *topic_channel(char buf[static TOPIC_NAME], const struct mbus *m)
{
	char medium[MEDIUM_TEXT];

	if (m->medium == MEDIUM_UNKNOWN)
		snprintf(buf, TOPIC_NAME, "mbus%d", m->channel);
	else
		snprintf(buf, TOPIC_NAME, "mbus%d_%s", m->channel,
			 medium_text(medium, m));
	return buf;
}

/* Write one part of a name: t2 is a tariff, l1 a phase. */
static int put_word(char *out, size_t size, const char *word, size_t n)
{
	bool numbered = n == 2 && isdigit((unsigned char)word[1]);

	if (numbered && word[0] == 't')
		return snprintf(out, size, "tariff %c", word[1]);
	if (numbered && word[0] == 'l')
		return snprintf(out, size, "L%c", word[1]);
	return snprintf(out, size, "%.*s", (int)n, word);
}

char *topic_words(char buf[static TOPIC_NAME], const char *name)
{
	size_t at = 0;

	buf[0] = '\0';
	while (*name != '\0' && at + 16 < TOPIC_NAME) {
		size_t n = strcspn(name, "_");

		if (at > 0)
			buf[at++] = ' ';
		put_word(buf + at, TOPIC_NAME - at, name, n);
		at = strlen(buf);
		name += n + (name[n] == '_');
	}
	buf[0] = (char)toupper((unsigned char)buf[0]);
	return buf;
}

char *topic_id(char buf[static TOPIC_PREFIX], const char *prefix)
{
	size_t n = 0;

	for (; prefix[n] != '\0' && n + 1 < TOPIC_PREFIX; n++)
		buf[n] = (char)(isalnum((unsigned char)prefix[n]) ||
						prefix[n] == '-'
					? prefix[n]
					: '_');
	buf[n] = '\0';
	return buf;
}
