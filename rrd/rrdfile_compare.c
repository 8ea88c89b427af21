/* Compare the rows of two RRD files, and librrd's state for incomplete rows. */
#include <math.h>
#include <rrd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "rrd/rrdfile.h"

/* Rows of one archive, as returned by librrd. */
struct fetched {
	time_t from, to;
	unsigned long width, columns;
	char **names;
	rrd_value_t *values;
};

static void rows_free(struct fetched *r)
{
	for (unsigned long i = 0; r->names != NULL && i < r->columns; i++)
		rrd_freemem(r->names[i]);
	rrd_freemem(r->names);
	rrd_freemem(r->values);
}

static int rows_fetch(const char *path, const struct archive *a, int64_t from,
		      int64_t to, struct fetched *r, struct err *e)
{
	*r = (struct fetched){ .from = (time_t)from,
			       .to = (time_t)to,
			       .width = (unsigned long)a->width };
	rrd_clear_error();
	if (rrd_fetch_r(path, a->cf, &r->from, &r->to, &r->width, &r->columns,
			&r->names, &r->values) != 0)
		return err_set(e, ERR_CREATE, "reading %s: %s", path,
			       rrd_get_error());
	return 0;
}

static bool rows_alike(const struct fetched *a, const struct fetched *b)
{
	return a->from == b->from && a->to == b->to && a->width == b->width &&
	       a->columns == b->columns;
}

static bool value_equal(double a, double b)
{
	return isnan(a) ? isnan(b) : a == b;
}

/*
 * Compare rows of the same shape. librrd also returns the row that ends after
 * `from`.
 */
static bool rows_equal(const struct fetched *a, const struct fetched *b,
		       struct rrdfile_difference *where)
{
	size_t n = (size_t)(a->to - a->from) / a->width * a->columns, i = 0;

	while (i < n && value_equal(a->values[i], b->values[i]))
		i++;
	if (i == n)
		return true;
	where->t = a->from + (int64_t)((i / a->columns + 1) * a->width);
	snprintf(where->column, sizeof(where->column), "%s",
		 a->names[i % a->columns]);
	where->is = a->values[i];
	where->other = b->values[i];
	return false;
}

static int same_archive(const char *path, const char *other,
			const struct archive *a, int64_t from, int64_t to,
			bool *same, struct rrdfile_difference *where,
			struct err *e)
{
	struct fetched one, two;
	int rc;

	*where = (struct rrdfile_difference){ .archive = a, .t = to };

	/* Only complete rows: the first that starts at or after `from`. */
	from += (a->width - from % a->width) % a->width;
	to -= to % a->width;
	*same = true;
	if (to <= from)
		return 0;
	rc = rows_fetch(path, a, from, to - a->width, &one, e);
	if (rc < 0)
		return rc;
	rc = rows_fetch(other, a, from, to - a->width, &two, e);
	if (rc == 0) {
		*same = rows_alike(&one, &two) && rows_equal(&one, &two, where);
		rows_free(&two);
	}
	rows_free(&one);
	return rc;
}

int rrdfile_same(const char *path, const char *other, int64_t from, int64_t to,
		 bool *same, struct rrdfile_difference *where, struct err *e)
{
	struct rrdfile_difference ignored;
	int rc = 0;

	*same = true;
	for (size_t i = 0; i < COUNT(archives) && rc == 0 && *same; i++)
		rc = same_archive(path, other, &archives[i], from, to, same,
				  where != NULL ? where : &ignored, e);
	return rc;
}

/* Is this librrd's state for the next row of an archive? */
static bool is_gathered(const rrd_info_t *i)
{
	return strstr(i->key, ".cdp_prep[") != NULL;
}

static double number(const rrd_info_t *i)
{
	return i->type == RD_I_CNT ? (double)i->value.u_cnt : i->value.u_val;
}

static bool number_equal(double a, double b)
{
	return value_equal(a, b) || fabs(a - b) <= 1e-9 * fabs(a);
}

/* Files of the same layout list the same keys in the same order. */
static bool gathered_equal(const rrd_info_t *a, const rrd_info_t *b)
{
	for (; a != NULL && b != NULL; a = a->next, b = b->next)
		if (strcmp(a->key, b->key) != 0 ||
		    (is_gathered(a) && !number_equal(number(a), number(b))))
			return false;
	return a == NULL && b == NULL;
}

int rrdfile_gathered_same(const char *path, const char *other, bool *same,
			  struct err *e)
{
	rrd_info_t *one, *two = NULL;
	int rc = 0;

	rrd_clear_error();
	one = rrd_info_r(path);
	if (one != NULL)
		two = rrd_info_r(other);
	if (two == NULL)
		rc = err_set(e, ERR_CREATE, "reading %s: %s",
			     one ? other : path, rrd_get_error());
	else
		*same = gathered_equal(one, two);
	rrd_info_free(one);
	rrd_info_free(two);
	return rc;
}
