#include "sim/truth.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct truth {
	FILE *out;
	const char *path;
	bool peaks; /* the dialect sends peaks */
	bool plain; /* identifiers are sent as text */
	struct resolution resolution[DISPLAY_COUNT];
};

static const char *const value_columns[DISPLAY_MEDIA] = {
	[DISPLAY_GAS] = "gas_dm3",
	[DISPLAY_WATER] = "water_dm3",
	[DISPLAY_HEAT] = "heat_mj",
};

static void head(const struct truth *t)
{
	fputs("utc,status,accept,meter", t->out);
	for (int i = 0; i < DISPLAY_COUNT; i++)
		fprintf(t->out, ",%s", display_columns[i]);
	fputs(",demand_peak_utc", t->out);
	for (int i = 0; i < DISPLAY_MEDIA; i++)
		fprintf(t->out, ",%s_meter,%s_utc,%s", display_media[i],
			display_media[i], value_columns[i]);
	fputs(",false\n", t->out);
}

struct truth *truth_new(const char *path, const struct dialect *d, int phases,
			bool live, struct err *e)
{
	struct truth *t = calloc(1, sizeof(*t));

	if (t == NULL) {
		err_memory(e);
		return NULL;
	}
	t->path = path;
	t->out = fopen(path, "w");
	if (t->out == NULL) {
		err_errno(e, ERR_CREATE, "opening %s", path);
		free(t);
		return NULL;
	}
	setvbuf(t->out, NULL, live ? _IOLBF : _IOFBF, 1 << 16);
	for (int i = 0; i < DISPLAY_COUNT; i++)
		t->resolution[i] =
			dialect_resolution(d, (enum display_item)i, phases);
	t->plain = d->plain_id;
	t->peaks = t->resolution[DISPLAY_DEMAND_PEAK].step > 0;
	head(t);
	return t;
}

static void put_id(const struct truth *t, const char *text)
{
	fputc(',', t->out);
	if (t->plain)
		fputs(text, t->out);
	for (; !t->plain && *text != '\0'; text++)
		fprintf(t->out, "%02X", (unsigned char)*text);
}

/* Print a whole number faster than printf: a year has 100 million. */
static void put_number(const struct truth *t, int64_t v)
{
	char text[24];
	size_t at = sizeof(text);

	do {
		text[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v > 0);
	fwrite(text + at, 1, sizeof(text) - at, t->out);
}

static void put_item(const struct truth *t, const struct display *f, int item)
{
	const struct resolution *p = &t->resolution[item];
	int64_t v = f->value[item];

	fputc(',', t->out);
	if (p->step > 0)
		put_number(t, (v - v % p->step) % p->wrap);
}

static void put_device(const struct truth *t, const struct display *f,
		       int medium)
{
	const struct display_device *d = NULL;
	char time[UTC_TEXT];

	for (int i = 0; i < f->devices; i++)
		if ((int)f->device[i].medium == medium)
			d = &f->device[i];
	if (d == NULL) {
		fputs(",,,", t->out);
		return;
	}
	put_id(t, d->id);
	if (d->has_value)
		fprintf(t->out, ",%s,%" PRId64, utc_format(time, d->utc),
			d->value % 100000000);
	else
		fputs(",,", t->out);
}

/* A lie reaches the reader unless the line damages the telegram. */
static const char *status_of(const struct lie *lie, const struct wire *w)
{
	if (lie->kind != NULL && strcmp(w->status, "ok") == 0)
		return lie->kind;
	return w->status;
}

int truth_add(struct truth *t, const struct display *f, const struct lie *lie,
	      const struct wire *w, struct err *e)
{
	char time[UTC_TEXT];

	fprintf(t->out, "%s,%s,", utc_format(time, f->utc), status_of(lie, w));
	if (w->accept >= 0)
		put_number(t, w->accept);
	put_id(t, f->id);
	for (int i = 0; i < DISPLAY_COUNT; i++)
		put_item(t, f, i);
	fprintf(t->out, ",%s", t->peaks ? utc_format(time, f->month.utc) : "");
	for (int i = 0; i < DISPLAY_MEDIA; i++)
		put_device(t, f, i);
	fprintf(t->out, ",%s\n", lie->columns);
	if (ferror(t->out))
		return err_errno(e, ERR_IO, "writing %s", t->path);
	return 0;
}

int truth_close(struct truth *t, struct err *e)
{
	int rc = 0;

	if (t == NULL)
		return 0;
	if (fclose(t->out) != 0)
		rc = err_errno(e, ERR_IO, "writing %s", t->path);
	free(t);
	return rc;
}
