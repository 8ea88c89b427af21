#include "graphs/draw.h"

#include <math.h>
#include <rrd.h>
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

/* The arguments of an rrdgraph(1) command. */
enum { WORDS_MAX = 160, WORDS_TEXT = 16384 };

struct words {
	char *word[WORDS_MAX];
	int n;
	size_t used;
	char text[WORDS_TEXT];
};

__attribute__((format(printf, 2, 3))) static void add(struct words *w,
						      const char *fmt, ...)
{
	size_t room = sizeof(w->text) - w->used;
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(w->text + w->used, room, fmt, args);
	va_end(args);
	if (n < 0 || (size_t)n >= room || w->n == WORDS_MAX)
		return; /* impossible: everything added is bounded */
	w->word[w->n++] = w->text + w->used;
	w->used += (size_t)n + 1;
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

static int fetch(const char *name, enum cf_en cf, time_t *start, time_t *end,
		 unsigned long *step, unsigned long *columns,
		 char ***column_names, rrd_value_t **data)
{
	const struct drawing *d;
	const struct layer *layer = named_layer(name, &d);
	size_t rows;

	(void)cf;
	if (layer == NULL)
		return -1;
	rows = d->cells + 2; /* librrd also reads the end itself */
	*column_names = malloc(sizeof(**column_names));
	*data = malloc(rows * sizeof(**data));
	if (*column_names == NULL || *data == NULL ||
	    (**column_names = strdup("v")) == NULL)
		return -1;
	memcpy(*data, layer->value, d->cells * sizeof(**data));
	(*data)[d->cells] = (*data)[d->cells + 1] = NAN;
	*columns = 1;
	*step = (unsigned long)d->step;
	*start = (time_t)d->start;
	*end = (time_t)(d->start + d->step * (int64_t)rows);
	return 0;
}

double draw_letter_size(int width, int height)
{
	double w = width / 900.0, h = height / 300.0;
	double size = pow(w < h ? w : h, 0.5);

	return size < 0.8 ? 0.8 : size > 2 ? 2 : size;
}

static void add_colours(struct words *w, const struct theme *t)
{
	static const char *const plain[] = { "BACK", "CANVAS", "SHADEA",
					     "SHADEB" };
	static const char *const hidden[] = { "ARROW", "FRAME", "AXIS" };

	for (size_t i = 0; i < 4; i++)
		add(w, "--color=%s#%08x", plain[i], t->back);
	for (size_t i = 0; i < 3; i++)
		add(w, "--color=%s#00000000", hidden[i]);
	add(w, "--color=GRID#%08x", t->grid);
	add(w, "--color=MGRID#%08x", t->grid);
	add(w, "--color=FONT#%08x", t->text);
}

static void add_page(struct words *w, const struct drawing *d)
{
	double letters = draw_letter_size(d->width, d->height);

	add(w, "p1graph");
	add(w, "-");
	add(w, "--width=%d", d->width);
	add(w, "--height=%d", d->height);
	add(w, "--full-size-mode");
	add(w, "--border=0");
	add(w, "--disable-rrdtool-tag");
	add(w, "--pango-markup");
	add(w, "--legend-position=north");
	add(w, "--font=DEFAULT:%.1f:DejaVu Sans", 8.5 * letters);
	add(w, "--font=LEGEND:%.1f:DejaVu Sans", 10 * letters);
	add(w, "--font=AXIS:%.1f:DejaVu Sans", 8.5 * letters);
	add(w, "--grid-dash=1:0");
	add_colours(w, d->theme);
}

static void add_axes(struct words *w, const struct drawing *d)
{
	const struct scale *s = &d->scale;
	long long start = d->start;
	long long end = d->start + d->step * (int64_t)d->cells;

	add(w, "--start=%lld", start);
	add(w, "--end=%lld", end);
	if (d->notice) {
		add(w, "--x-grid=none");
		add(w, "--y-grid=none");
		return;
	}
	add(w, "--x-grid=YEAR:100:YEAR:100:%s", d->labels);
	add(w, "--rigid");
	add(w, "--lower-limit=%g", s->low);
	add(w, "--upper-limit=%g", s->high);
	add(w, "--y-grid=%g:1", s->step);
	add(w, "--units-exponent=0");
	add(w, "--units-length=%d", scale_label_length(s));
	add(w, "--left-axis-format=%%.%dlf %s", s->decimals, s->unit);
	if (d->slopes)
		add(w, "--slope-mode");
}

static void add_layers(struct words *w, const struct drawing *d)
{
	static const char *const shapes[] = {
		[SHAPE_AREA] = "AREA",
		[SHAPE_LINE] = "LINE1.2",
	};

	for (size_t i = 0; i < d->layers; i++) {
		const struct layer *l = &d->layer[i];

		add(w, "DEF:v%zu=cb//%p/%zu:v:AVERAGE", i, (const void *)d, i);
		add(w, "%s:v%zu#%08x", shapes[l->shape], i, l->colour);
	}
	for (size_t i = 0; i < d->rules; i++)
		add(w, "VRULE:%lld#%08x", (long long)d->rule[i].at,
		    d->theme->grid);
	add(w, "HRULE:0#%08x", d->notice ? 0 : d->theme->zero);
}

/* Write a legend item, escaping colons, which are special to librrd. */
static void add_comment(struct words *w, const char *text, const char *ending)
{
	char escaped[2 * LEGEND_ITEM];
	size_t n = 0;

	for (; *text && n < sizeof(escaped) - 2; text++) {
		if (*text == ':')
			escaped[n++] = '\\';
		escaped[n++] = *text;
	}
	escaped[n] = '\0';
	add(w, "COMMENT:%s%s", escaped, ending);
}

static void add_legend(struct words *w, const struct legend *l)
{
	for (size_t i = 0; i < l->lines; i++) {
		const struct legend_line *line = &l->line[i];

		if (line->right[0])
			add_comment(w, line->left, "");
		add_comment(w, line->right[0] ? line->right : line->left,
			    line->right[0] ? "\\j" : "\\l");
	}
}

/* Write one centred sentence below the legend. */
static void add_notice(struct words *w, const struct drawing *d)
{
	double line = 10 * draw_letter_size(d->width, d->height) * 1.8;
	int empty = (int)(d->height / (2 * line)) - (int)d->legend->lines;

	for (int i = 0; i < empty; i++)
		add_comment(w, " ", "\\l");
	add_comment(w, d->notice, "\\c");
}

/*
 * Draw; free the result with rrd_info_free. Returns NULL and sets *e on
 * failure.
 */
static rrd_info_t *run(const struct drawing *d, struct err *e)
{
	struct words *w = calloc(1, sizeof(*w));
	rrd_info_t *info;

	if (w == NULL) {
		err_memory(e);
		return NULL;
	}
	add_page(w, d);
	add_axes(w, d);
	add_layers(w, d);
	add_legend(w, d->legend);
	if (d->notice)
		add_notice(w, d);
	rrd_fetch_cb_register(fetch);
	rrd_clear_error();
	info = rrd_graph_v(w->n, w->word);
	if (info == NULL)
		err_set(e, ERR_FAILED, "librrd: %s", rrd_get_error());
	free(w);
	return info;
}

static const rrd_info_t *find(const rrd_info_t *info, const char *key)
{
	while (info && strcmp(info->key, key) != 0)
		info = info->next;
	return info;
}

int draw_canvas_width(const struct drawing *d, struct err *e)
{
	struct drawing empty = *d;
	rrd_info_t *info;
	const rrd_info_t *width;
	int n;

	empty.layers = empty.rules = 0;
	info = run(&empty, e);
	if (info == NULL)
		return e->code;
	width = find(info, "graph_width");
	n = width ? (int)width->value.u_cnt : 0;
	rrd_info_free(info);
	return n > 0 ? n : err_set(e, ERR_FAILED, "librrd drew no canvas");
}

/* Copy librrd's picture. */
static int copy(const rrd_info_t *image, struct image *out, struct err *e)
{
	const rrd_blob_t *blob = image ? &image->value.u_blo : NULL;

	*out = (struct image){ 0 };
	if (blob == NULL || blob->size == 0)
		return err_set(e, ERR_FAILED, "librrd drew no picture");
	out->bytes = malloc(blob->size);
	if (out->bytes == NULL)
		return err_memory(e);
	out->n = blob->size;
	memcpy(out->bytes, blob->ptr, out->n);
	return 0;
}

int draw_png(const struct drawing *d, struct image *out, struct err *e)
{
	rrd_info_t *info = run(d, e);
	int rc;

	if (info == NULL)
		return e->code;
	rc = copy(find(info, "image"), out, e);
	rrd_info_free(info);
	return rc;
}

void draw_free(struct image *p)
{
	free(p->bytes);
	*p = (struct image){ 0 };
}
