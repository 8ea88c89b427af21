#include "base/cmdline.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdbool.h>

#include "base/cmdline_wrong.h"
#include "base/fixed.h"
#include "base/print.h"

enum {
	FIRST = 1000, /* getopt_long's value for row 0: above any letter */
	COLUMN = 30,  /* column of --help where the descriptions start */
};

static bool may_lack(const struct cmdline_option *row)
{
	return row->argument[0] == '[' && row->argument[1] == '=';
}

static int takes(const struct cmdline_option *row)
{
	if (row->argument == NULL)
		return no_argument;
	return may_lack(row) ? optional_argument : required_argument;
}

/* The letters and names in getopt_long's format. */
struct tables {
	char letters[3 * CMDLINE_ROWS + 2];
	struct option names[CMDLINE_ROWS + 1];
};

static void make_tables(const struct cmdline *c, struct tables *t)
{
	char *letter = t->letters;
	struct option *name = t->names;

	*letter++ = ':'; /* silence getopt; return ':' for a missing value */
	for (size_t i = 0; i < c->count && i < CMDLINE_ROWS; i++) {
		const struct cmdline_option *row = &c->rows[i];

		if (row->name == NULL)
			continue;
		*name++ = (struct option){ row->name, takes(row), NULL,
					   FIRST + (int)i };
		if (row->letter == 0)
			continue;
		*letter++ = row->letter;
		for (int colons = takes(row); colons > 0; colons--)
			*letter++ = ':';
	}
	*letter = '\0';
	*name = (struct option){ 0 };
}

/* Returns the row for a value returned by getopt_long, or NULL. */
static const struct cmdline_option *find(const struct cmdline *c, int answer)
{
	if (answer >= FIRST)
		return &c->rows[answer - FIRST];
	for (size_t i = 0; i < c->count; i++)
		if (c->rows[i].letter == answer && answer != 0)
			return &c->rows[i];
	return NULL;
}

/*
 * Returns the argument that getopt_long refuses; it stays at a cluster such as
 * "-lz".
 */
static const char *refused_word(char **argv)
{
	const char *cluster = argv[optind];

	return cluster != NULL && cluster[0] == '-' && cluster[1] != '-' &&
			       strchr(cluster, optopt) != NULL
		       ? cluster
		       : argv[optind - 1];
}

static int wrong(const struct cmdline *c, int answer, char **argv,
		 struct err *e)
{
	const char *word = argv[optind - 1];

	if (answer == ':')
		return cmdline_needs_value(c, word, find(c, optopt), e);
	if (optopt >= FIRST)
		return err_set(e, ERR_USAGE,
			       "%s: takes no value; see %s --help", word,
			       c->program);
	return optopt == 0 || word[1] == '-'
		       ? cmdline_unknown(c, word, 0, e)
		       : cmdline_unknown(c, refused_word(argv), (char)optopt,
					 e);
}

static int count(const struct cmdline_option *row, const char *value,
		 int64_t *out, struct err *e)
{
	int64_t v;

	if (strchr(value, '.') != NULL || !fixed_parse(span_of(value), 0, &v) ||
	    v < row->low || v > row->high)
		return err_set(e, ERR_USAGE,
			       "'%s' is not a whole number from %" PRId64
			       " to %" PRId64,
			       value, row->low, row->high);
	*out = v;
	return 0;
}

static int apply(const struct cmdline_option *row, const char *value,
		 void *into, struct err *e)
{
	void *field = (char *)into + row->field;

	switch (row->effect) {
	case CMDLINE_CALLS:
		return row->set(into, (int)row->low, value, e);
	case CMDLINE_COUNTS:
		return count(row, value, field, e);
	case CMDLINE_NAMES:
		*(const char **)field = value;
		return 0;
	case CMDLINE_TURNS:
		*(bool *)field = row->low;
		return 0;
	case CMDLINE_ZEROES:
		*(int64_t *)field = 0;
		return 0;
	case CMDLINE_HELPS:
		return CMDLINE_ASKED_HELP;
	case CMDLINE_VERSIONS:
		return CMDLINE_ASKED_VERSION;
	}
	return 0;
}

int cmdline_read(const struct cmdline *c, int argc, char **argv, void *into,
		 char ***words, struct err *e)
{
	struct tables t = { 0 };
	int answer;

	make_tables(c, &t);
	if (cmdline_check_dashes(c, argv, e) < 0)
		return e->code;
	optind = 0; /* GNU extension: restart the scan on every call */
	while ((answer = getopt_long(argc, argv, t.letters, t.names, NULL)) !=
	       -1) {
		const struct cmdline_option *row = find(c, answer);
		int rc;

		if (row == NULL)
			return wrong(c, answer, argv, e);
		if (cmdline_check_value(c, row, optarg, e) < 0)
			return e->code;
		rc = apply(row, optarg, into, e);
		if (rc != 0)
			return rc > 0 ? rc : err_while(e, "--%s", row->name);
	}
	if (words != NULL)
		*words = argv + optind;
	else if (optind < argc)
		return cmdline_surplus(c, argv[optind], e);
	return 0;
}

static void print_row(const struct cmdline_option *row, FILE *out)
{
	const char *line = row->help;
	int used;

	if (row->name == NULL) {
		putc('\n', out);
		print_line(out, "%s", line);
		return;
	}
	used = row->letter != 0 ? print_piece(out, "  -%c, ", row->letter)
				: print_piece(out, "      ");
	used += print_piece(out, "--%s", row->name);
	if (row->argument != NULL)
		used += print_piece(out, "%s%s", may_lack(row) ? "" : " ",
				    row->argument);
	for (;;) {
		size_t n = strcspn(line, "\n");

		print_line(out, "%*s%.*s", used < COLUMN ? COLUMN - used : 1,
			   "", (int)n, line);
		if (line[n] == '\0')
			return;
		line += n + 1;
		used = 0;
	}
}

static void print_help(const struct cmdline *c, FILE *out)
{
	fputs(c->above, out);
	for (size_t i = 0; i < c->count; i++)
		print_row(&c->rows[i], out);
	if (c->below != NULL)
		fputs(c->below, out);
}

int cmdline_say(const struct cmdline *c, int asked, FILE *out, struct err *e)
{
	if (asked == CMDLINE_ASKED_VERSION)
		print_line(out, "%s %s", c->program, VERSION);
	else
		print_help(c, out);
	return fflush(out) == 0 ? 0 : err_errno(e, ERR_IO, "writing");
}
