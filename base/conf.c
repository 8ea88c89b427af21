#include "base/conf.h"

#include <errno.h>
#include <iniparser/iniparser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/span.h"

static int set_int(const struct conf_key *k, const char *value, void *field,
		   struct err *e)
{
	char *end;
	long v;

	errno = 0;
	v = strtol(value, &end, 10);
	if (end == value || *end || errno || v < k->min || v > k->max)
		return err_set(e, ERR_CONFIG,
			       "'%s' is not a whole number from %ld to %ld",
			       value, k->min, k->max);
	*(long *)field = v;
	return 0;
}

/* Where `word` stands in a list of words between blanks; -1 for nowhere. */
static int word_index(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (int at = 0; *list; at++) {
		size_t end = strcspn(list, " ");

		if (n > 0 && end == n && strncasecmp(list, word, n) == 0)
			return at;
		list += end + (list[end] == ' ');
	}
	return -1;
}

static int set_bool(const struct conf_key *k, const char *value, void *field,
		    struct err *e)
{
	int at = word_index("no yes false true off on 0 1", value);

	(void)k;
	if (at < 0)
		return err_set(e, ERR_CONFIG, "'%s' is neither yes nor no",
			       value);
	*(bool *)field = at % 2 == 1;
	return 0;
}

static int set_text(const struct conf_key *k, const char *value, void *field,
		    struct err *e)
{
	if (strlen(value) >= k->size)
		return err_set(e, ERR_CONFIG, "'%s' is longer than %zu bytes",
			       value, k->size - 1);
	memcpy(field, value, strlen(value) + 1);
	return 0;
}

static int set_choice(const struct conf_key *k, const char *value, void *field,
		      struct err *e)
{
	int at = word_index(k->choices, value);

	if (at < 0)
		return err_set(e, ERR_CONFIG, "'%s' is none of: %s", value,
			       k->choices);
	*(int *)field = at;
	return 0;
}

/* One more pair. The first of a file drives out those of the preset. */
static int add_pair(const struct conf_key *k, struct span key,
		    const char *value, struct conf_pairs *pairs, struct err *e)
{
	struct conf_pair *pair = &pairs->pair[pairs->n];

	if (pairs->n == CONF_PAIRS_MAX || key.n >= sizeof(pair->key))
		return err_set(e, ERR_CONFIG,
			       "longer than %d letters, or the %dth of its kind",
			       CONF_PAIR_KEY - 1, CONF_PAIRS_MAX + 1);
	if (set_int(k, value, &pair->value, e) < 0)
		return e->code;
	memcpy(pair->key, key.p, key.n);
	pair->key[key.n] = '\0';
	pairs->n++;
	return 0;
}

static int set_pairs(const struct conf_key *k, const char *value, void *field,
		     struct err *e)
{
	struct span rest = span_of(value), word, key;
	char number[24];

	memset(field, 0, sizeof(struct conf_pairs));
	while (rest.n > 0) {
		if (!span_cut(&rest, ' ', &word)) {
			word = rest;
			rest.n = 0;
		}
		if (!span_cut(&word, '=', &key))
			return err_set(e, ERR_CONFIG, "'%.*s' has no '='",
				       SPAN_ARG(word));
		snprintf(number, sizeof(number), "%.*s", SPAN_ARG(word));
		if (add_pair(k, key, number, field, e) < 0)
			return e->code;
	}
	return 0;
}

static int (*const setters[])(const struct conf_key *, const char *, void *,
			      struct err *) = {
	[CONF_INT] = set_int,
	[CONF_BOOL] = set_bool,
	[CONF_TEXT] = set_text,
	[CONF_CHOICE] = set_choice,
	[CONF_PAIRS] = set_pairs,
};

static int set(const struct conf_key *k, const char *value, void *into,
	       struct err *e)
{
	return setters[k->type](k, value, (char *)into + k->offset, e);
}

void conf_preset(const struct conf_key *keys, size_t n, void *into)
{
	struct err e;

	for (size_t i = 0; i < n; i++)
		set(&keys[i], keys[i].preset, into, &e);
}

static const struct conf_key *find(const struct conf_key *keys, size_t n,
				   const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i].type != CONF_PAIRS &&
		    strcmp(keys[i].key, key) == 0)
			return &keys[i];
	return NULL;
}

static bool known_section(const struct conf_key *keys, size_t n,
			  const char *section)
{
	size_t length = strlen(section);

	for (size_t i = 0; i < n; i++)
		if (strncmp(keys[i].key, section, length) == 0 &&
		    keys[i].key[length] == ':')
			return true;
	return false;
}

/* The row that takes every key of this key's section. */
static const struct conf_key *find_pairs(const struct conf_key *keys, size_t n,
					 const char *key)
{
	const char *colon = strchr(key, ':');
	size_t length = colon ? (size_t)(colon - key) + 1 : 0;

	for (size_t i = 0; colon && i < n; i++)
		if (keys[i].type == CONF_PAIRS &&
		    strncmp(keys[i].key, key, length) == 0)
			return &keys[i];
	return NULL;
}

static int take_pair(const struct conf_key *k, const char *key,
		     const char *value, void *into, struct err *e)
{
	void *field = (char *)into + k->offset;
	struct conf_pairs *pairs = field;

	if (!pairs->given)
		*pairs = (struct conf_pairs){.given = true};
	return add_pair(k, span_of(strchr(key, ':') + 1), value, pairs, e);
}

static int take_entry(const struct conf_key *keys, size_t n, const char *path,
		      const char *key, const char *value, void *into,
		      struct err *e)
{
	const struct conf_key *k = find(keys, n, key);
	const struct conf_key *pairs = k ? NULL : find_pairs(keys, n, key);

	if (value != NULL && (k != NULL || pairs != NULL)) {
		if ((k != NULL ? set(k, value, into, e)
			       : take_pair(pairs, key, value, into, e)) < 0)
			return err_while(e, "%s: %s", path, key);
		return 0;
	}
	if (k == NULL && strchr(key, ':') == NULL && known_section(keys, n, key))
		return 0;
	return err_set(e, ERR_CONFIG, "%s: there is no %s '%s'", path,
		       strchr(key, ':') ? "key" : "section", key);
}

/* iniparser would print its own words to stderr. */
static int silent(const char *fmt, ...)
{
	(void)fmt;
	return 0;
}

/* The first line that is no comment, section or key; 0 when all are. */
static int bad_line(const char *path)
{
	FILE *f = fopen(path, "re");
	char line[1024];
	int at = 0, bad = 0;

	while (f && !bad && fgets(line, sizeof(line), f)) {
		const char *s = line + strspn(line, " \t\r\n");

		at++;
		if (*s && !strchr("#;", *s) &&
		    !(*s == '[' ? strchr(s, ']') : strchr(s, '=')))
			bad = at;
	}
	if (f)
		fclose(f);
	return bad;
}

static int check_readable(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(e, ERR_CONFIG, "%s is a folder", path);
	if (access(path, R_OK) == 0)
		return 0;
	return err_errno(e,
			 errno == ENOENT || errno == ENOTDIR ? ERR_ABSENT
			 : errno == EACCES		     ? ERR_PERMISSION
							     : ERR_CONFIG,
			 "reading %s", path);
}

int conf_load(const struct conf_key *keys, size_t n, const char *path,
	      void *into, struct err *e)
{
	dictionary *d;
	int rc = 0;

	if (check_readable(path, e) < 0)
		return e->code;
	iniparser_set_error_callback(silent);
	d = iniparser_load(path);
	iniparser_set_error_callback(NULL);
	if (d == NULL)
		return err_set(e, ERR_CONFIG,
			       "%s: line %d is neither [section] nor key = "
			       "value", path, bad_line(path));
	for (ssize_t i = 0; i < d->size && rc == 0; i++)
		if (d->key[i] != NULL)
			rc = take_entry(keys, n, path, d->key[i], d->val[i],
					into, e);
	iniparser_freedict(d);
	return rc;
}

static void print_text(FILE *out, const char *text)
{
	size_t n = strlen(text);
	bool quote = strpbrk(text, "#;") ||
		     (n > 0 && (text[0] == ' ' || text[n - 1] == ' '));

	fprintf(out, quote ? "\"%s\"" : "%s", text);
}

static void print_value(FILE *out, const struct conf_key *k, const void *from)
{
	const void *field = (const char *)from + k->offset;
	const char *word = k->choices;

	switch (k->type) {
	case CONF_INT:
		fprintf(out, "%ld", *(const long *)field);
		break;
	case CONF_BOOL:
		fputs(*(const bool *)field ? "yes" : "no", out);
		break;
	case CONF_TEXT:
		print_text(out, field);
		break;
	case CONF_CHOICE:
		for (int at = *(const int *)field; at > 0; at--)
			word += strcspn(word, " ") + 1;
		fprintf(out, "%.*s", (int)strcspn(word, " "), word);
		break;
	case CONF_PAIRS:
		break; /* these are lines of their own */
	}
}

static void print_help(FILE *out, const char *help)
{
	while (*help) {
		size_t n = strcspn(help, "\n");

		fprintf(out, "# %.*s\n", (int)n, help);
		help += n + (help[n] == '\n');
	}
}

/* Does the field at `from` hold what the preset says? */
static bool is_preset(const struct conf_key *k, const void *from)
{
	const char *field = (const char *)from + k->offset;
	union {
		long number;
		bool yes;
		int choice;
	} preset = { 0 };
	struct err e;

	if (k->type == CONF_TEXT)
		return strcmp(field, k->preset) == 0;
	setters[k->type](k, k->preset, &preset, &e);
	return memcmp(field, &preset, k->size) == 0;
}

static void print_pairs(FILE *out, const struct conf_pairs *pairs,
			const char *lead)
{
	for (size_t i = 0; i < pairs->n; i++)
		fprintf(out, "%s%s = %ld\n", pairs->given ? "" : lead,
			pairs->pair[i].key, pairs->pair[i].value);
}

/* `lead` stands in front of what is only the default. */
static void print_key(FILE *out, const struct conf_key *k, const void *from,
		      const char *lead)
{
	const void *field = (const char *)from + k->offset;

	print_help(out, k->help);
	if (k->type == CONF_PAIRS) {
		print_pairs(out, field, lead);
		return;
	}
	fprintf(out, "%s%s = ", is_preset(k, from) ? lead : "",
		strchr(k->key, ':') + 1);
	print_value(out, k, from);
	fputc('\n', out);
}

void conf_print(FILE *out, const struct conf_key *keys, size_t n,
		const void *from, int shipped)
{
	size_t section = 0;

	for (size_t i = 0; i < n; i++) {
		const char *key = keys[i].key, *name = strchr(key, ':') + 1;

		if (i == 0 || strncmp(keys[i - 1].key, key,
				      (size_t)(name - key)) != 0)
			fprintf(out, "%s[%.*s]\n", section++ ? "\n" : "",
				(int)(name - key - 1), key);
		print_key(out, &keys[i], from, shipped ? "#" : "");
	}
}
