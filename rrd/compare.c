#include <math.h>
#include <rrd.h>
#include <stdlib.h>

#include "base/span.h"
#include "rrd/rrdfile.h"

/* Rows of one archive, as librrd hands them out. */
struct rows {
	time_t from, to;
	unsigned long width, columns;
	char **names;
	rrd_value_t *values;
};

static void rows_free(struct rows *r)
{
	for (unsigned long i = 0; r->names != NULL && i < r->columns; i++)
		rrd_freemem(r->names[i]);
	rrd_freemem(r->names);
	rrd_freemem(r->values);
}

static int rows_fetch(const char *path, const struct archive *a, int64_t from,
		      int64_t to, struct rows *r, struct err *e)
{
	*r = (struct rows){ .from = (time_t)from,
			    .to = (time_t)to,
			    .width = (unsigned long)a->width };
	rrd_clear_error();
	if (rrd_fetch_r(path, a->cf, &r->from, &r->to, &r->width, &r->columns,
			&r->names, &r->values) != 0)
		return err_set(e, ERR_CREATE, "reading %s: %s", path,
			       rrd_get_error());
	return 0;
}

static bool rows_equal(const struct rows *a, const struct rows *b)
{
	size_t n = (size_t)(a->to - a->from) / a->width * a->columns;

	if (a->from != b->from || a->to != b->to || a->width != b->width ||
	    a->columns != b->columns)
		return false;
	for (size_t i = 0; i < n; i++)
		if (isnan(a->values[i]) ? !isnan(b->values[i])
					: a->values[i] != b->values[i])
			return false;
	return true;
}

static int same_archive(const char *path, const char *other,
			const struct archive *a, int64_t from, int64_t to,
			struct err *e)
{
	struct rows one, two;
	int rc;

	/* Rows within only: the first that begins at or behind `from`. */
	from += (a->width - from % a->width) % a->width;
	to -= to % a->width;
	if (to <= from)
		return 1;
	rc = rows_fetch(path, a, from, to - a->width, &one, e);
	if (rc < 0)
		return rc;
	rc = rows_fetch(other, a, from, to - a->width, &two, e);
	if (rc == 0) {
		rc = rows_equal(&one, &two);
		rows_free(&two);
	}
	rows_free(&one);
	return rc;
}

int rrdfile_same(const char *path, const char *other, int64_t from, int64_t to,
		 struct err *e)
{
	int rc = 1;

	for (size_t i = 0; i < COUNT(archives) && rc > 0; i++)
		rc = same_archive(path, other, &archives[i], from, to, e);
	return rc;
}
