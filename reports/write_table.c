#include "reports/write_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "reports/number_text.h"
#include "reports/step.h"

enum {
	GAP = 2,       /* blanks between columns */
	BAR_LEAST = 6, /* minimum width of a bar */
	BAR_MOST = 30,
	EIGHTHS = 8, /* of a column */
	DIGITS = 7,  /* digits of an amount, and the decimal point */
	DECIMALS = 3,
	CELL = SHEET_TEXT_SIZE + 8,
};

/* How a sheet is laid out. */
struct table {
	const struct sheet *s;
	const struct date_words *w;
	FILE *out;
	int decimals[SHEET_COLUMNS], width[SHEET_COLUMNS];
	bool about[SHEET_COLUMNS]; /* column has an estimated number */
	int bar;		   /* columns; 0: none */
	int64_t most;		   /* the value of the longest bar */
};

static bool is_shown(const struct sheet_column *c)
{
	return c->title != NULL;
}

/* Count characters: each takes one column. */
static int columns_of(const char *text)
{
	int n = 0;

	for (; *text != '\0'; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

static int scale_of(enum sheet_kind kind)
{
	return kind == SHEET_MONEY     ? 9
	       : kind == SHEET_AMOUNT  ? 3
	       : kind == SHEET_PERCENT ? 1
				       : 0;
}

/* Returns how many decimals fit. */
static int decimals_of(const struct sheet_column *c, int64_t most)
{
	int most_decimals = c->kind == SHEET_AMOUNT  ? DECIMALS
			    : c->kind == SHEET_MONEY ? 2
						     : scale_of(c->kind);
	char buf[NUMBER_TEXT];
	int n = (int)strlen(number_text(buf, most, scale_of(c->kind), 0, '.'));

	while (!c->all && most_decimals > 0 && n + 1 + most_decimals > DIGITS)
		most_decimals--;
	return most_decimals;
}

static const char *cell(const struct table *t, const struct sheet_row *r, int i,
			char buf[static CELL])
{
	const struct sheet_column *c = &t->s->column[i];
	char text[STEP_TEXT + NUMBER_TEXT];

	if (!(r->known >> i & 1))
		return c->left ? "" : "-";
	if (c->kind == SHEET_TEXT)
		return r->text[r->v[i]];
	if (c->kind == SHEET_TIME)
		step_time(text, r->v[i], false, t->w);
	else
		number_text(text, r->v[i], scale_of(c->kind), t->decimals[i],
			    t->s->point);
	snprintf(buf, CELL, "%s%s", r->about >> i & 1 ? "~" : "", text);
	return buf;
}

static void widen(int *width, const char *text)
{
	int n = text != NULL ? columns_of(text) : 0;

	if (n > *width)
		*width = n;
}

static void measure_row(struct table *t, const struct sheet_row *r)
{
	char buf[CELL];

	for (int i = 0; i < t->s->columns && !r->is_heading; i++)
		if (is_shown(&t->s->column[i]))
			widen(&t->width[i], cell(t, r, i, buf));
}

static int64_t most_of(const struct sheet *s, int i, bool total)
{
	int64_t most = 0;

	for (size_t k = 0; k < s->n; k++)
		if ((s->row[k].known >> i & 1) && llabs(s->row[k].v[i]) > most)
			most = llabs(s->row[k].v[i]);
	if (total && s->has_total && llabs(s->total.v[i]) > most)
		most = llabs(s->total.v[i]);
	return most;
}

/*
 * Compute the column widths with at most so many decimals. Returns the table's
 * width.
 */
static int measure(struct table *t, int most_decimals)
{
	int all = -GAP;

	for (int i = 0; i < t->s->columns; i++) {
		const struct sheet_column *c = &t->s->column[i];
		int d = decimals_of(c, most_of(t->s, i, true));

		t->decimals[i] =
			c->all || d < most_decimals ? d : most_decimals;
		t->width[i] = 0;
		if (!is_shown(c))
			continue;
		widen(&t->width[i], c->title);
		widen(&t->width[i], c->sub);
		widen(&t->width[i], c->unit);
	}
	for (size_t i = 0; i < t->s->n; i++)
		measure_row(t, &t->s->row[i]);
	if (t->s->has_total)
		measure_row(t, &t->s->total);
	for (int i = 0; i < t->s->columns; i++)
		if (is_shown(&t->s->column[i]))
			all += t->width[i] + GAP;
	return all;
}

static void fit(struct table *t)
{
	int left, decimals = DECIMALS;

	while (measure(t, decimals) > WRITE_SHEET_WIDTH && decimals > 0)
		decimals--;
	left = WRITE_SHEET_WIDTH - measure(t, decimals) - GAP;
	t->most = t->s->bar >= 0 ? most_of(t->s, t->s->bar, false) : 0;
	if (t->most > 0 && left >= BAR_LEAST)
		t->bar = left < BAR_MOST ? left : BAR_MOST;
}

static void blanks(FILE *out, int n)
{
	print_piece(out, "%*s", n > 0 ? n : 0, "");
}

/* Write blanks only when text follows, so that no line ends in blanks. */
struct line {
	const struct table *t;
	int waiting;
};

static void put(struct line *l, int i, const char *text)
{
	int n = l->t->width[i] - columns_of(text);
	bool left = l->t->s->column[i].left;

	if (*text != '\0') {
		blanks(l->t->out, l->waiting + (left ? 0 : n));
		print_piece(l->t->out, "%s", text);
		l->waiting = left ? n : 0;
	} else {
		l->waiting += l->t->width[i];
	}
	l->waiting += GAP;
}

/* Draw a bar to a precision of an eighth of a column. */
static void put_bar(struct line *l, const struct sheet_row *r)
{
	static const char *const parts[EIGHTHS] = { "",	 "▏", "▎", "▍",
						    "▌", "▋", "▊", "▉" };
	const struct table *t = l->t;
	int64_t v;
	int length;

	if (t->bar == 0 || !(r->known >> t->s->bar & 1))
		return;
	v = r->v[t->s->bar];
	length = v <= 0 ? 0
			: (int)((double)v / (double)t->most *
					(t->bar * EIGHTHS) +
				0.5);
	if (length == 0)
		return;
	blanks(t->out, l->waiting);
	for (; length >= EIGHTHS; length -= EIGHTHS)
		print_piece(t->out, "█");
	print_piece(t->out, "%s", parts[length]);
}

static void write_line(const struct table *t, const struct sheet_row *r,
		       bool bars)
{
	struct line l = { t, 0 };
	char buf[CELL];

	if (r->is_heading) {
		print_line(t->out, "%s", r->text[0]);
		return;
	}
	for (int i = 0; i < t->s->columns; i++)
		if (is_shown(&t->s->column[i]))
			put(&l, i, cell(t, r, i, buf));
	if (bars)
		put_bar(&l, r);
	print_line(t->out, "%s", "");
}

static const char *heading(const struct sheet_column *c, int line)
{
	const char *text = line == 0 ? c->title : line == 1 ? c->sub : c->unit;

	return text != NULL ? text : "";
}

static void write_headings(const struct table *t)
{
	for (int line = 0; line < 3; line++) {
		struct line l = { t, 0 };
		bool any = false;

		for (int i = 0; i < t->s->columns; i++)
			any = any || (is_shown(&t->s->column[i]) &&
				      *heading(&t->s->column[i], line));
		for (int i = 0; i < t->s->columns && any; i++)
			if (is_shown(&t->s->column[i]))
				put(&l, i, heading(&t->s->column[i], line));
		if (any)
			print_line(t->out, "%s", "");
	}
}

static void write_rule(const struct table *t)
{
	bool first = true;

	for (int i = 0; i < t->s->columns; i++) {
		if (!is_shown(&t->s->column[i]))
			continue;
		blanks(t->out, first ? 0 : GAP);
		first = false;
		for (int k = 0; k < t->width[i]; k++)
			print_piece(t->out, "─");
	}
	print_line(t->out, "%s", "");
}

static void write_title(const struct table *t)
{
	int n = WRITE_SHEET_WIDTH - columns_of(t->s->title) -
		columns_of(t->s->beside);

	print_piece(t->out, "%s", t->s->title);
	if (*t->s->beside != '\0') {
		blanks(t->out, n > GAP ? n : GAP);
		print_piece(t->out, "%s", t->s->beside);
	}
	print_line(t->out, "%s", "");
	print_line(t->out, "%s", "");
}

/* Find the blank at which to break a line that is too long. */
static int break_at(const char *text)
{
	int n = 0, columns = 0, blank = 0;

	for (; text[n] != '\0'; n++) {
		columns += ((unsigned char)text[n] & 0xC0) != 0x80;
		if (columns > WRITE_SHEET_WIDTH)
			return blank > 0 ? blank : n;
		if (text[n] == ' ')
			blank = n;
	}
	return n;
}

static void write_note(const char *text, FILE *out)
{
	int n;

	do {
		n = break_at(text);
		print_line(out, "%.*s", n, text);
		text += n;
	} while (*text++ == ' ');
}

static void write_one(const struct sheet *s, const struct date_words *w,
		      FILE *out)
{
	struct table t = { .s = s, .w = w, .out = out };

	fit(&t);
	write_title(&t);
	write_headings(&t);
	write_rule(&t);
	for (size_t i = 0; i < s->n; i++)
		write_line(&t, &s->row[i], true);
	if (s->has_total) {
		write_rule(&t);
		write_line(&t, &s->total, false);
	}
	if (s->notes > 0)
		print_line(out, "%s", "");
	for (int i = 0; i < s->notes; i++)
		write_note(s->note[i], out);
}

void write_sheet_table(const struct sheet *s, const struct date_words *w,
		       FILE *out)
{
	for (; s != NULL; s = s->next) {
		write_one(s, w, out);
		if (s->next != NULL)
			print_line(out, "%s", "");
	}
}
