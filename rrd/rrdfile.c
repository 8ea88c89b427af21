#include "rrd/rrdfile.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <rrd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fixed.h"
#include "base/span.h"

enum {
	DEFINITION = 64,			 /* size of "DS:..." */
	VALUE = 20,				 /* digits of a value and its
						 ':' */
	ROW = COLUMN_COUNT * VALUE + FIXED_TEXT, /* size of one update */
};

static int refused(const char *path, const char *what, struct err *e)
{
	const char *why = rrd_test_error() ? rrd_get_error() : "";

	if (*why == '\0') /* librrd reports nothing for a full disk */
		err_errno(e, ERR_CREATE, "%s %s", what, path);
	else
		err_set(e, ERR_CREATE, "%s %s: %s", what, path, why);
	rrd_clear_error();
	return e->code;
}

static bool has_column(uint32_t set, int c)
{
	return set >> c & 1;
}

int rrdfile_create(const char *path, uint32_t set, int64_t start, struct err *e)
{
	char text[COLUMN_COUNT + ARCHIVE_COUNT][DEFINITION];
	const char *argv[COUNT(text)];
	int argc = 0;

	for (int c = 0; c < COLUMN_COUNT; c++)
		if (has_column(set, c))
			snprintf(text[argc++], DEFINITION, "DS:%s:GAUGE:%d:0:U",
				 columns[c].name, ARCHIVES_HEARTBEAT);
	for (size_t i = 0; i < COUNT(archives); i++)
		snprintf(text[argc++], DEFINITION,
			 "RRA:%s:%g:%" PRId64 ":%" PRId64, archives[i].cf,
			 archives[i].unknown, archives[i].width / ARCHIVES_STEP,
			 archives[i].rows);
	for (int i = 0; i < argc; i++)
		argv[i] = text[i];
	rrd_clear_error();
	if (rrd_create_r(path, ARCHIVES_STEP, (time_t)start, argc, argv) != 0)
		return refused(path, "creating", e);
	return 0;
}

/* One property of a file, by its key in `rrdtool info`. */
static const rrd_info_t *property(const rrd_info_t *all, const char *of,
				  const char *name)
{
	char key[DEFINITION];

	snprintf(key, sizeof(key), "%s.%s", of, name);
	for (; all != NULL; all = all->next)
		if (strcmp(all->key, *of ? key : name) == 0)
			return all;
	return NULL;
}

/* librrd parses "0.999" slightly differently from the compiler. */
static bool is_number(const rrd_info_t *all, const char *of, const char *name,
		      double want)
{
	const rrd_info_t *p = property(all, of, name);

	if (p != NULL && p->type == RD_I_CNT)
		return (double)p->value.u_cnt == want;
	return p != NULL && p->type == RD_I_VAL &&
	       fabs(p->value.u_val - want) < 1e-9;
}

static bool is_text(const rrd_info_t *all, const char *of, const char *name,
		    const char *want)
{
	const rrd_info_t *p = property(all, of, name);

	return p != NULL && p->type == RD_I_STR &&
	       strcmp(p->value.u_str, want) == 0;
}

/* The columns of the file that match the layout. */
static uint32_t find_columns(const rrd_info_t *all, enum medium m)
{
	uint32_t found = 0;
	int n = 0;

	for (int c = 0; c < COLUMN_COUNT; c++) {
		char of[DEFINITION];

		snprintf(of, sizeof(of), "ds[%s]", columns[c].name);
		if (columns[c].medium != m || !is_number(all, of, "index", n))
			continue;
		if (!is_text(all, of, "type", "GAUGE") ||
		    !is_number(all, of, "minimal_heartbeat",
			       ARCHIVES_HEARTBEAT))
			return 0;
		found |= UINT32_C(1) << c;
		n++;
	}
	return found;
}

static bool has_archives(const rrd_info_t *all)
{
	char of[DEFINITION];

	for (int i = 0; i < ARCHIVE_COUNT; i++) {
		const struct archive *a = &archives[i];
		int64_t steps = a->width / ARCHIVES_STEP;

		snprintf(of, sizeof(of), "rra[%d]", i);
		if (!is_text(all, of, "cf", a->cf) ||
		    !is_number(all, of, "rows", (double)a->rows) ||
		    !is_number(all, of, "pdp_per_row", (double)steps) ||
		    !is_number(all, of, "xff", a->unknown))
			return false;
	}
	snprintf(of, sizeof(of), "rra[%d]", ARCHIVE_COUNT);
	return property(all, of, "cf") == NULL;
}

static int count_sources(const rrd_info_t *all)
{
	int n = 0;

	for (; all != NULL; all = all->next)
		n += strncmp(all->key, "ds[", 3) == 0 &&
		     strstr(all->key, "].index") != NULL;
	return n;
}

int rrdfile_look(const char *path, enum medium m, struct rrdfile *out,
		 struct err *e)
{
	rrd_info_t *all;
	const rrd_info_t *last;

	*out = (struct rrdfile){ 0 };
	if (access(path, F_OK) != 0 && errno == ENOENT)
		return 0;
	rrd_clear_error();
	all = rrd_info_r(path);
	if (all == NULL)
		return refused(path, "reading", e);
	last = property(all, "", "last_update");
	if (last != NULL)
		out->last = (int64_t)last->value.u_cnt;
	if (is_number(all, "", "step", ARCHIVES_STEP) && has_archives(all))
		out->columns = find_columns(all, m);
	if (count_sources(all) != __builtin_popcount(out->columns))
		out->columns = 0;
	rrd_info_free(all);
	return 1;
}

/* "1700000100:250:U:9000": one update for librrd. */
static void write_row(char out[ROW], uint32_t set, const struct step *s)
{
	out += fixed_whole(out, s->t);
	for (int c = 0; c < COLUMN_COUNT; c++) {
		int64_t v = steps_value(s, &columns[c]);

		if (!has_column(set, c))
			continue;
		*out++ = ':';
		if (v < 0)
			*out++ = 'U';
		else
			out += fixed_whole(out, v);
	}
	*out = '\0';
}

int rrdfile_append(const char *path, uint32_t set, const struct step *steps,
		   size_t n, struct err *e)
{
	static const int strict = 0; /* no flag: a step that is not newer
					fails */
	char(*text)[ROW] = calloc(RRDFILE_BATCH, sizeof(*text));
	const char *argv[RRDFILE_BATCH];
	int rc = 0;

	if (text == NULL)
		return err_memory(e);
	for (size_t i = 0; i < n; i++) {
		write_row(text[i], set, &steps[i]);
		argv[i] = text[i];
	}
	rrd_clear_error();
	if (n > 0 && rrd_updatex_r(path, NULL, strict, (int)n, argv) != 0)
		rc = refused(path, "writing", e);
	free(text);
	return rc;
}
