#include "base/ini_unknown_key.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/similar_word.h"

enum { INI_PLACES = 320 }; /* bytes of a list of keys */

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
	err_set(e, ERR_CONFIG, "%s: unknown section [%s]", path, given);
	if (meant != NULL)
		err_after(e, "did you mean [%.*s]?", (int)strcspn(meant, ":"),
			  meant);
	else
		err_after(e, "man p1logger.ini lists them");
	return e->code;
}

/* The name in "section:name". */
static const char *name_of(const char *key)
{
	return key + strcspn(key, ":") + 1;
}

static bool same_section(const char *a, const char *b)
{
	size_t n = strcspn(a, ":") + 1;

	return strncmp(a, b, n) == 0;
}

/* Find the nearest name among the keys of the section, or of all others. */
static const char *nearest(const struct ini_key *keys, size_t n,
			   const char *given, bool here)
{
	struct similar_word s = { .word = name_of(given) };

	for (size_t i = 0; i < n; i++)
		if (keys[i].type != INI_PAIRS &&
		    same_section(keys[i].key, given) == here)
			similar_word_try(&s, name_of(keys[i].key));
	return s.nearest;
}

/* Append to a list: "a", then ", b", and `last` before the last of n. */
static void list_add(char list[static INI_PLACES], size_t at, size_t n,
		     const char *last, const char *item)
{
	size_t used = strlen(list);

	snprintf(list + used, INI_PLACES - used, "%s%s",
		 at == 0      ? ""
		 : at + 1 < n ? ", "
			      : last,
		 item);
}

/* List every section that has a key `name`, as in "[a] name or [b] name". */
static void list_places(char list[static INI_PLACES],
			const struct ini_key *keys, size_t n, const char *name)
{
	char text[INI_KEY_TEXT];
	size_t all = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		all += strcmp(name_of(keys[i].key), name) == 0;
	list[0] = '\0';
	for (size_t i = 0; i < n; i++)
		if (strcmp(name_of(keys[i].key), name) == 0)
			list_add(list, at++, all, " or ",
				 ini_key_text(text, keys[i].key));
}

/* List the keys of this section, as in "a, b and c". */
static void list_names(char list[static INI_PLACES], const struct ini_key *keys,
		       size_t n, const char *given)
{
	size_t all = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		all += same_section(keys[i].key, given);
	list[0] = '\0';
	for (size_t i = 0; i < n; i++)
		if (same_section(keys[i].key, given))
			list_add(list, at++, all, " and ",
				 name_of(keys[i].key));
}

static bool has_section(const struct ini_key *keys, size_t n, const char *given)
{
	for (size_t i = 0; i < n; i++)
		if (same_section(keys[i].key, given))
			return true;
	return false;
}

/*
 * Name the key that was meant: one of this section with a similar name, else
 * the same or a similar name in another section; else list this section's.
 */
static int unknown_key(const struct ini_key *keys, size_t n, const char *path,
		       const char *given, struct err *e)
{
	const char *here = nearest(keys, n, given, true);
	const char *there = nearest(keys, n, given, false);
	char text[INI_KEY_TEXT], list[INI_PLACES];

	err_set(e, ERR_CONFIG, "%s: %s: unknown key", path,
		ini_key_text(text, given));
	if (here != NULL)
		return err_after(e, "did you mean '%s'?", here);
	if (there != NULL) {
		list_places(list, keys, n, there);
		err_after(e, "did you mean %s?", list);
	}
	list_names(list, keys, n, given);
	return err_after(e, "the keys of [%.*s] are %s",
			 (int)strcspn(given, ":"), given, list);
}

int ini_unknown_key(const struct ini_key *keys, size_t n, const char *path,
		    const char *key, struct err *e)
{
	char section[INI_KEY_TEXT];

	if (strchr(key, ':') != NULL && has_section(keys, n, key))
		return unknown_key(keys, n, path, key, e);
	snprintf(section, sizeof(section), "%.*s", (int)strcspn(key, ":"), key);
	return unknown_section(keys, n, path, section, e);
}
