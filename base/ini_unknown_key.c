#include "base/ini_unknown_key.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/similar_word.h"

char *ini_key_text(char buf[static INI_KEY_TEXT], const char *key)
{
	int n = (int)strcspn(key, ":");

	snprintf(buf, INI_KEY_TEXT, "[%.*s]%s%s", n, key,
		 key[n] == ':' ? " " : "", key + n + (key[n] == ':'));
	return buf;
}

static int unknown_section(const struct ini_key *keys, size_t n,
			   const char *path, const char *given, struct err *e)
{
	struct similar_word s = { .word = given };
	char section[64];
	const char *meant = NULL;

	for (size_t i = 0; i < n; i++) {
		size_t before = s.nearest != NULL ? s.distance : SIZE_MAX;

		snprintf(section, sizeof(section), "%.*s",
			 (int)strcspn(keys[i].key, ":"), keys[i].key);
		similar_word_try(&s, section);
		if (s.nearest != NULL && s.distance < before)
			meant = keys[i].key;
	}
	err_set(e, ERR_CONFIG, "%s: there is no section [%s]", path, given);
	if (meant != NULL)
		err_after(e, "did you mean [%.*s]?", (int)strcspn(meant, ":"),
			  meant);
	return e->code;
}

/* The name in "section:name". */
static const char *name_of(const char *key)
{
	return key + strcspn(key, ":") + 1;
}

static int unknown_key(const struct ini_key *keys, size_t n, const char *path,
		       const char *given, struct err *e)
{
	size_t section = strcspn(given, ":") + 1;
	struct similar_word s = { .word = name_of(given) };
	const char *elsewhere = NULL;
	char text[INI_KEY_TEXT];

	for (size_t i = 0; i < n; i++) {
		if (keys[i].type == INI_PAIRS)
			continue;
		if (strncmp(keys[i].key, given, section) == 0)
			similar_word_try(&s, name_of(keys[i].key));
		else if (strcmp(name_of(keys[i].key), s.word) == 0)
			elsewhere = keys[i].key;
	}
	err_set(e, ERR_CONFIG, "%s: %s: there is no such key", path,
		ini_key_text(text, given));
	if (s.nearest != NULL)
		return err_after(e, "did you mean '%s'?", s.nearest);
	if (elsewhere != NULL)
		return err_after(e, "did you mean %s?",
				 ini_key_text(text, elsewhere));
	return e->code;
}

int ini_unknown_key(const struct ini_key *keys, size_t n, const char *path,
		    const char *key, struct err *e)
{
	return (strchr(key, ':') != NULL ? unknown_key : unknown_section)(
		keys, n, path, key, e);
}
