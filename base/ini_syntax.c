#include "base/ini_syntax.h"

#include <ctype.h>
#include <iniparser/dictionary.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/ini_unknown_key.h"

enum { LINE = 1024 }; /* as iniparser's */

struct lines {
	FILE *f;
	int number; /* of the line, from 1 */
	char text[LINE];
	bool continues; /* it ended with a backslash */
};

/* A pipe cannot be read again: iniparser has read it to the end. */
static struct lines open_lines(const char *path)
{
	struct stat st;
	bool file = stat(path, &st) == 0 && S_ISREG(st.st_mode);

	return (struct lines){ .f = file ? fopen(path, "re") : NULL };
}

static void close_lines(struct lines *l)
{
	if (l->f != NULL)
		fclose(l->f);
}

/* Remove blanks at both ends. Returns the start. */
static char *trim(char *s)
{
	size_t n = strlen(s);

	while (n > 0 && isspace((unsigned char)s[n - 1]))
		s[--n] = '\0';
	return s + strspn(s, " \t\r\n\v\f");
}

/*
 * Get the next line that is not empty, a comment or the continuation of another
 * line, trimmed. Returns NULL at the end.
 */
static char *next_line(struct lines *l)
{
	while (l->f != NULL && fgets(l->text, sizeof(l->text), l->f) != NULL) {
		char *line = trim(l->text);
		bool part = l->continues;

		l->number++;
		l->continues = *line != '\0' && line[strlen(line) - 1] == '\\';
		if (!part && *line != '\0' && *line != '#' && *line != ';')
			return line;
	}
	return NULL;
}

int ini_syntax_bad_line(const char *path)
{
	struct lines l = open_lines(path);
	const char *line;

	while ((line = next_line(&l)) != NULL &&
	       strchr(line, *line == '[' ? ']' : '=') != NULL)
		;
	close_lines(&l);
	return line != NULL ? l.number : 0;
}

/* "[Meter]" or "Port = x", as "meter" or "port". */
static char *name_of(char *line)
{
	char *name = line + (*line == '[');

	name[strcspn(name, *line == '[' ? "]" : "=")] = '\0';
	name = trim(name);
	for (char *p = name; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return name;
}

/* `seen` maps each "section:name" to the number of the line that set it. */
static int check_key(dictionary *seen, const char *key, int number,
		     struct err *e)
{
	char text[INI_KEY_TEXT], digits[16];
	const char *before = dictionary_get(seen, key, NULL);

	if (before != NULL)
		return err_set(e, ERR_CONFIG,
			       "%s: set in line %s and again in line %d; "
			       "remove one of them",
			       ini_key_text(text, key), before, number);
	snprintf(digits, sizeof(digits), "%d", number);
	return dictionary_set(seen, key, digits) == 0 ? 0 : err_memory(e);
}

/* iniparser cuts "a#b" to "a". */
static int check_value(const char *line, const char *key, int number,
		       struct err *e)
{
	const char *value = strchr(line, '=');
	const char *cut = value != NULL ? strpbrk(value, "#;") : NULL;
	char text[INI_KEY_TEXT];

	if (cut == NULL || cut[-1] == '=' || isspace((unsigned char)cut[-1]))
		return 0;
	value += 1 + strspn(value + 1, " \t");
	if (*value == '"' || *value == '\'')
		return 0;
	return err_set(e, ERR_CONFIG,
		       "%s: '%c' starts a comment in line %d: put a blank "
		       "before it, or the whole value in double quotes",
		       ini_key_text(text, key), *cut, number);
}

static int check_lines(struct lines *l, dictionary *seen, struct err *e)
{
	char section[LINE] = "", key[2 * LINE], whole[LINE];
	char *line;
	int rc = 0;

	while (rc == 0 && (line = next_line(l)) != NULL) {
		bool opens = *line == '[';
		const char *name;

		snprintf(whole, sizeof(whole), "%s", line);
		name = name_of(line);
		snprintf(key, sizeof(key), "%s:%s", section, name);
		if (opens)
			snprintf(section, sizeof(section), "%s", name);
		else
			rc = check_key(seen, key, l->number, e);
		if (!opens && rc == 0)
			rc = check_value(whole, key, l->number, e);
	}
	return rc;
}

bool ini_syntax_has_byte_order_mark(const char *path)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct lines l = open_lines(path);
	bool marked = l.f != NULL && fgets(l.text, sizeof(mark), l.f) != NULL &&
		      strcmp(l.text, mark) == 0;

	close_lines(&l);
	return marked;
}

int ini_syntax_check(const char *path, struct err *e)
{
	struct lines l = open_lines(path);
	dictionary *seen = dictionary_new(0);
	int rc = seen != NULL ? check_lines(&l, seen, e) : err_memory(e);

	dictionary_del(seen);
	close_lines(&l);
	return rc < 0 ? err_while(e, "%s", path) : 0;
}
