#include "base/cmdline_wrong.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/similar_word.h"

enum { NAME = 64, SHORTEST = 3 }; /* bytes, NUL included; letters */

/* Copy the name in "--name=value" or "-name", without the rest. */
static char *name_of(char name[static NAME], const char *word)
{
	const char *start = word + strspn(word, "-");

	snprintf(name, NAME, "%.*s", (int)strcspn(start, "="), start);
	return name;
}

/* Number of options that start with `name`; their names go to the array. */
static size_t starting(const struct cmdline *c, const char *name,
		       const char *found[2])
{
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++) {
		const char *full = c->rows[i].name;

		if (full == NULL || strncmp(full, name, strlen(name)) != 0)
			continue;
		if (n < 2)
			found[n] = full;
		n++;
	}
	return n;
}

static bool is_name(const struct cmdline *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->rows[i].name != NULL &&
		    strcmp(c->rows[i].name, name) == 0)
			return true;
	return false;
}

const char *cmdline_meant(const struct cmdline *c, const char *word)
{
	struct similar_word s = { .word = word };

	for (size_t i = 0; i < c->count; i++)
		if (c->rows[i].name != NULL)
			similar_word_try(&s, c->rows[i].name);
	return s.nearest;
}

int cmdline_unknown(const struct cmdline *c, const char *word, char letter,
		    struct err *e)
{
	char name[NAME], given[] = { '-', letter, '\0' };
	const char *fit[2], *meant = cmdline_meant(c, name_of(name, word));

	if (letter == '\0' && *name != '\0' && starting(c, name, fit) > 1)
		return err_set(e, ERR_USAGE,
			       "%s: this may be --%s or --%s; write it in full",
			       word, fit[0], fit[1]);
	if (meant != NULL)
		return err_set(e, ERR_USAGE,
			       "%s: no such option; did you mean --%s?", word,
			       meant);
	return err_set(e, ERR_USAGE, "%s: no such option; see %s --help",
		       letter != '\0' ? given : word, c->program);
}

int cmdline_needs_value(const struct cmdline *c, const char *word,
			const struct cmdline_option *row, struct err *e)
{
	return err_set(e, ERR_USAGE, "%s: needs a value (%s); see %s --help",
		       word, row->argument, c->program);
}

int cmdline_surplus(const struct cmdline *c, const char *word, struct err *e)
{
	const char *meant = cmdline_meant(c, word);

	if (meant != NULL)
		return err_set(e, ERR_USAGE,
			       "unexpected argument '%s'; did you mean --%s?",
			       word, meant);
	return err_set(e, ERR_USAGE, "unexpected argument '%s'; see %s --help",
		       word, c->program);
}

int cmdline_check_dashes(const struct cmdline *c, char **argv, struct err *e)
{
	char name[NAME];

	for (char **word = argv; *word != NULL; word++) {
		if (strcmp(*word, "--") == 0)
			break;
		if ((*word)[0] == '-' && (*word)[1] != '-' &&
		    strlen(name_of(name, *word)) >= SHORTEST &&
		    is_name(c, name))
			return err_set(e, ERR_USAGE,
				       "%s: no such option; did you mean -%s?",
				       *word, *word);
	}
	return 0;
}

/* "-c", "--config", "--config=x"; "--" ends the options. */
static bool is_option(const struct cmdline *c, const char *word)
{
	char name[NAME];
	const char *fit[2];

	if (word[0] != '-' || word[1] == '\0')
		return false;
	if (word[1] == '-')
		return word[2] == '\0' ||
		       starting(c, name_of(name, word), fit) > 0;
	for (size_t i = 0; i < c->count; i++)
		if (word[2] == '\0' && c->rows[i].letter == word[1])
			return true;
	return false;
}

int cmdline_check_value(const struct cmdline *c,
			const struct cmdline_option *row, const char *value,
			struct err *e)
{
	const char *what;

	if (value == NULL || !is_option(c, value))
		return 0;
	what = row->argument + strspn(row->argument, "[=");
	return err_set(
		e, ERR_USAGE, "--%s: write its %.*s before '%s'; see %s --help",
		row->name, (int)strcspn(what, "]"), what, value, c->program);
}
