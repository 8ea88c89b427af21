#include "base/ini_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fixed.h"
#include "base/print.h"
#include "base/span.h"

static int set_int(const struct ini_key *k, const char *value, void *field,
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

/* Index of `word` in a space-separated list; -1 if absent. */
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

static int set_bool(const struct ini_key *k, const char *value, void *field,
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

/* No shell reads it: "~" would become a folder of that name. */
static int set_text(const struct ini_key *k, const char *value, void *field,
		    struct err *e)
{
	if (strncmp(value, "~/", 2) == 0)
		return err_set(
			e, ERR_CONFIG,
			"'%s': write the folder's full path instead of ~",
			value);
	if (strlen(value) >= k->size)
		return err_set(e, ERR_CONFIG, "'%s' is longer than %zu bytes",
			       value, k->size - 1);
	memcpy(field, value, strlen(value) + 1);
	return 0;
}

/* Store the text unchanged; its users convert it. */
static int set_decimal(const struct ini_key *k, const char *value, void *field,
		       struct err *e)
{
	enum { DECIMALS = 6 };
	const char *digits = value + (*value == '-');
	char meant[FIXED_TEXT];
	const char *point = strchr(digits, '.');
	int64_t whole = 0;
	bool right = fixed_parse(span_of(digits), 0, &whole) &&
		     whole <= k->max &&
		     (point == NULL || strlen(point + 1) <= DECIMALS);

	if (fixed_with_point(meant, span_of(value)) != NULL)
		return err_set(
			e, ERR_CONFIG,
			"'%s' has a comma: write the decimal point as %s",
			value, meant);
	if (*value != '\0' && !right)
		return err_set(e, ERR_CONFIG,
			       "'%s' is not a number from -%ld to "
			       "%ld with up to %d decimals, such as 0.28123",
			       value, k->max, k->max, DECIMALS);
	return set_text(k, value, field, e);
}

static int set_choice(const struct ini_key *k, const char *value, void *field,
		      struct err *e)
{
	int at = word_index(k->choices, value);

	if (at < 0)
		return err_set(e, ERR_CONFIG, "'%s' is not one of: %s", value,
			       k->choices);
	*(int *)field = at;
	return 0;
}

static int add_pair(const struct ini_key *k, struct span key, const char *value,
		    struct ini_pairs *pairs, struct err *e)
{
	struct ini_pair *pair = &pairs->pair[pairs->n];

	if (pairs->n == INI_PAIRS_MAX || key.n >= sizeof(pair->key))
		return err_set(
			e, ERR_CONFIG,
			"longer than %d characters, or its section has more than %d entries",
			INI_PAIR_KEY - 1, INI_PAIRS_MAX);
	if (set_int(k, value, &pair->value, e) < 0)
		return e->code;
	memcpy(pair->key, key.p, key.n);
	pair->key[key.n] = '\0';
	pairs->n++;
	return 0;
}

static int set_pairs(const struct ini_key *k, const char *value, void *field,
		     struct err *e)
{
	struct span rest = span_of(value), word, key;
	char number[24];

	memset(field, 0, sizeof(struct ini_pairs));
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

static int (*const setters[])(const struct ini_key *, const char *, void *,
			      struct err *) = {
	[INI_INT] = set_int,	   [INI_BOOL] = set_bool,
	[INI_TEXT] = set_text,	   [INI_DECIMAL] = set_decimal,
	[INI_CHOICE] = set_choice, [INI_PAIRS] = set_pairs,
};

int ini_value_set(const struct ini_key *k, const char *value, void *into,
		  struct err *e)
{
	return setters[k->type](k, value, (char *)into + k->offset, e);
}

int ini_value_add(const struct ini_key *k, const char *name, const char *value,
		  void *into, struct err *e)
{
	void *field = (char *)into + k->offset;
	struct ini_pairs *pairs = field;

	if (!pairs->given)
		*pairs = (struct ini_pairs){ .given = true };
	return add_pair(k, span_of(name), value, pairs, e);
}

static void print_text(FILE *out, const char *text)
{
	size_t n = strlen(text);
	bool quote = strpbrk(text, "#;") ||
		     (n > 0 && (text[0] == ' ' || text[n - 1] == ' '));

	print_piece(out, quote ? "\"%s\"" : "%s", text);
}

void ini_value_print(FILE *out, const struct ini_key *k, const void *from)
{
	const void *field = (const char *)from + k->offset;
	const char *word = k->choices;

	switch (k->type) {
	case INI_INT:
		print_piece(out, "%ld", *(const long *)field);
		break;
	case INI_BOOL:
		print_piece(out, "%s", *(const bool *)field ? "yes" : "no");
		break;
	case INI_TEXT:
	case INI_DECIMAL:
		print_text(out, field);
		break;
	case INI_CHOICE:
		for (int at = *(const int *)field; at > 0; at--)
			word += strcspn(word, " ") + 1;
		print_piece(out, "%.*s", (int)strcspn(word, " "), word);
		break;
	case INI_PAIRS:
		break; /* printed on lines of their own */
	}
}

bool ini_value_is_preset(const struct ini_key *k, const void *from)
{
	const char *field = (const char *)from + k->offset;
	union {
		long number;
		bool yes;
		int choice;
	} preset = { 0 };
	struct err e;

	if (k->type == INI_TEXT || k->type == INI_DECIMAL)
		return strcmp(field, k->preset) == 0;
	setters[k->type](k, k->preset, &preset, &e);
	return memcmp(field, &preset, k->size) == 0;
}

void ini_value_print_pairs(FILE *out, const struct ini_key *k, const void *from,
			   const char *lead)
{
	const void *field = (const char *)from + k->offset;
	const struct ini_pairs *pairs = field;

	for (size_t i = 0; i < pairs->n; i++)
		print_line(out, "%s%s = %ld", pairs->given ? "" : lead,
			   pairs->pair[i].key, pairs->pair[i].value);
}
