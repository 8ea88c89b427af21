#include "graphs/rrd_graph.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/*
 * Exported by librrd but declared in no installed header: a data source
 * replacing an RRD file, for every DEF whose file name starts with "cb//".
 */
enum cf_en { CF_AVERAGE };
typedef int (*rrd_fetch_cb_t)(const char *name, enum cf_en cf, time_t *start,
			      time_t *end, unsigned long *step,
			      unsigned long *columns, char ***column_names,
			      rrd_value_t **data);
int rrd_fetch_cb_register(rrd_fetch_cb_t cb);

void rrd_graph_add(struct rrd_graph *g, const char *format, ...)
{
	size_t room = sizeof(g->text) - g->used;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(g->text + g->used, room, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= room || g->n == RRD_WORDS)
		return; /* impossible: everything added is bounded */
	g->word[g->n++] = g->text + g->used;
	g->used += (size_t)n + 1;
}

void rrd_graph_begin(struct rrd_graph *g, const struct drawing *d, int width,
		     int height)
{
	static const char *const hidden[] = { "SHADEA", "SHADEB", "ARROW",
					      "FRAME", "AXIS" };

	rrd_graph_add(g, "p1graph");
	rrd_graph_add(g, "-");
	rrd_graph_add(g, "--width=%d", width);
	rrd_graph_add(g, "--height=%d", height);
	rrd_graph_add(g, "--zoom=%d", d->zoom);
	rrd_graph_add(g, "--border=0");
	rrd_graph_add(g, "--disable-rrdtool-tag");
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		rrd_graph_add(g, "--color=%s#00000000", hidden[i]);
}

/* The name that librrd asks for selects a layer: drawing and number. */
static const struct layer *named_layer(const char *name,
				       const struct drawing **d)
{
	void *drawing;
	size_t layer;

	if (sscanf(name, "cb//%p/%zu", &drawing, &layer) != 2)
		return NULL;
	*d = drawing;
	return &(*d)->layer[layer];
}

/*
 * Cells that share a row, so that there are no more rows than pixels: librrd
 * would skip some.
 */
static size_t cells_per_row(const struct drawing *d)
{
	size_t pixels = (size_t)d->canvas.width * (size_t)d->zoom;

	return (d->cells + pixels - 1) / pixels;
}

/* Returns the mean of up to n cells, or for SHAPE_PEAKS the highest. */
static double joined(const struct layer *l, const double *cell, size_t n)
{
	double sum = 0, highest = -INFINITY;
	int known = 0;

	for (size_t i = 0; i < n; i++) {
		if (isnan(cell[i]))
			continue;
		sum += cell[i];
		highest = fmax(highest, cell[i]);
		known++;
	}
	if (known == 0)
		return NAN;
	return l->shape == SHAPE_PEAKS ? highest : sum / known;
}

static void fill_rows(const struct drawing *d, const struct layer *l, size_t n,
		      rrd_value_t *row)
{
	for (size_t i = 0; i < d->cells; i += n)
		*row++ = joined(l, l->value + i,
				n < d->cells - i ? n : d->cells - i);
	row[0] = row[1] = NAN; /* librrd also reads the end itself */
}

static int fetch(const char *name, enum cf_en cf, time_t *start, time_t *end,
		 unsigned long *step, unsigned long *columns,
		 char ***column_names, rrd_value_t **data)
{
	const struct drawing *d;
	const struct layer *layer = named_layer(name, &d);
	size_t rows, cells;

	(void)cf;
	if (layer == NULL)
		return -1;
	cells = cells_per_row(d);
	rows = (d->cells + cells - 1) / cells + 2;
	*column_names = malloc(sizeof(**column_names));
	*data = malloc(rows * sizeof(**data));
	if (*column_names == NULL || *data == NULL ||
	    (**column_names = strdup("v")) == NULL)
		return -1;
	fill_rows(d, layer, cells, *data);
	*columns = 1;
	*step = (unsigned long)d->step * cells;
	*start = (time_t)d->start;
	*end = *start + (time_t)(*step * rows);
	return 0;
}

void rrd_graph_layers(struct rrd_graph *g, const struct drawing *d)
{
	static const char *const shapes[][2] = {
		[SHAPE_AREA] = { "AREA", "" },
		[SHAPE_PEAKS] = { "AREA", "" },
		[SHAPE_LINE] = { "LINE1.5", "" },
		[SHAPE_DASH] = { "LINE1.4", "::dashes=5,4" },
	};
	int64_t end = d->start + d->step * (int64_t)d->cells;

	rrd_graph_add(g, "--start=%lld", (long long)d->start);
	rrd_graph_add(g, "--end=%lld", (long long)end);
	rrd_graph_add(g, "--rigid");
	rrd_graph_add(g, "--lower-limit=%.12g", d->scale.low);
	rrd_graph_add(g, "--upper-limit=%.12g", d->scale.high);
	for (size_t i = 0; i < d->layers; i++) {
		const struct layer *l = &d->layer[i];

		rrd_graph_add(g, "DEF:v%zu=cb//%p/%zu:v:AVERAGE", i,
			      (const void *)d, i);
		rrd_graph_add(g, "%s:v%zu#%06xff%s", shapes[l->shape][0], i,
			      l->colour, shapes[l->shape][1]);
	}
}

rrd_info_t *rrd_graph_run(struct rrd_graph *g, struct err *e)
{
	rrd_info_t *info;

	rrd_fetch_cb_register(fetch);
	rrd_clear_error();
	info = rrd_graph_v(g->n, g->word);
	if (info == NULL)
		err_set(e, ERR_FAILED, "librrd: %s", rrd_get_error());
	return info;
}

const rrd_infoval_t *rrd_graph_value(const rrd_info_t *info, const char *key)
{
	while (info && strcmp(info->key, key) != 0)
		info = info->next;
	return info ? &info->value : NULL;
}

const rrd_blob_t *rrd_graph_png(const rrd_info_t *info, struct err *e)
{
	const rrd_infoval_t *image = rrd_graph_value(info, "image");

	if (image != NULL && image->u_blo.size > 0)
		return &image->u_blo;
	err_set(e, ERR_FAILED, "librrd drew no image");
	return NULL;
}
