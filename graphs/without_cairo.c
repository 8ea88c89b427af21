/* The painter of a build without cairo: librrd draws the text as well. */
#include "graphs/painter.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "graphs/layers.h"
#include "graphs/rrd_graph.h"

/* librrd truncates an item of the legend at 200 bytes. */
enum { ITEM = 200, LETTER = 7 /* pixels, at most */ };

/* Write an item, escaping colons, which are special to librrd. */
static void add_item(struct rrd_graph *g, const char *text, const char *ending)
{
	char escaped[2 * ITEM];
	size_t n = 0;

	for (; *text && n < sizeof(escaped) - 2; text++) {
		if (*text == ':')
			escaped[n++] = '\\';
		escaped[n++] = *text;
	}
	escaped[n] = '\0';
	rrd_graph_add(g, "COMMENT:%s%s", escaped, ending);
}

/* Add a line of the head in Pango markup; leave out what does not fit. */
struct line {
	char text[ITEM];
	size_t n;
};

__attribute__((format(printf, 2, 3))) static void say(struct line *l,
						      const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(l->text + l->n, sizeof(l->text) - l->n, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof(l->text) - l->n)
		l->text[l->n] = '\0';
	else
		l->n += (size_t)n;
}

static void add_two(struct rrd_graph *g, const struct line *left,
		    const struct line *right)
{
	if (right->text[0] != '\0')
		add_item(g, left->text, "");
	add_item(g, right->text[0] ? right->text : left->text,
		 right->text[0] ? "\\j" : "\\l");
}

static void add_sums(struct line *l, const struct drawing *d)
{
	const struct text_line *r =
		drawing_is_small(d) ? &d->head.short_sums : &d->head.sums;

	for (size_t i = 0; i < r->n; i++)
		if (r->piece[i].bold)
			say(l, "<b><span color='#%06x'>%s</span></b>",
			    d->theme->tint[r->piece[i].tint], r->piece[i].text);
		else
			say(l, "%s", r->piece[i].text);
}

/* The legend, an item for each key. Ticks are not drawn. */
static void add_keys(struct rrd_graph *g, const struct drawing *d)
{
	struct line line = { .n = 0 };

	for (size_t i = 0; i < d->head.keys; i++) {
		const struct key *k = &d->head.key[i];

		if (k->shape == KEY_TICK)
			continue;
		if (line.n > 0)
			add_item(g, line.text, "");
		line.n = 0;
		say(&line, "<span color='#%06x'>%s</span> %s",
		    k->shape == KEY_PART || k->shape == KEY_HATCH
			    ? theme_mix(d->theme, k->tint, THEME_UNFINISHED)
			    : d->theme->tint[k->tint],
		    k->shape == KEY_DASH ? "╌╌" : "■", k->word);
	}
	if (line.n > 0)
		add_item(g, line.text, "\\l");
}

static void add_head(struct rrd_graph *g, const struct drawing *d)
{
	const struct head *h = &d->head;
	bool small = drawing_is_small(d);
	struct line title = { .n = 0 }, sums = { .n = 0 };
	struct line left = { .n = 0 }, right = { .n = 0 };

	say(&title, "<span size='%d' weight='bold' color='#%06x'>%s</span>",
	    (int)(13000 * drawing_letters(d)), d->theme->tint[TINT_INK],
	    small ? h->short_title : h->title);
	add_sums(&sums, d);
	add_two(g, &title, &sums);
	if (small)
		return;
	say(&left, "%s%s%s", h->peak, h->peak[0] && h->left[0] ? " · " : "",
	    h->left);
	say(&right, "%s", h->right);
	if (left.n > 0 && (left.n + right.n) * LETTER > (size_t)d->width) {
		add_item(g, left.text, "\\l");
		left = right;
		right.text[0] = '\0';
	}
	if (left.text[0] || right.text[0])
		add_two(g, &left, &right);
	add_keys(g, d);
}

static void add_page(struct rrd_graph *g, const struct drawing *d)
{
	const uint32_t *tint = d->theme->tint;
	double letters = drawing_letters(d);

	rrd_graph_begin(g, d, d->width, d->height);
	rrd_graph_add(g, "--full-size-mode");
	rrd_graph_add(g, "--pango-markup");
	rrd_graph_add(g, "--legend-position=north");
	rrd_graph_add(g, "--font=DEFAULT:%.1f:DejaVu Sans", 8.5 * letters);
	rrd_graph_add(g, "--grid-dash=1:0");
	rrd_graph_add(g, "--color=BACK#%06xff", tint[TINT_CARD]);
	rrd_graph_add(g, "--color=CANVAS#%06xff", tint[TINT_CARD]);
	rrd_graph_add(g, "--color=GRID#%06xff", tint[TINT_GRID]);
	rrd_graph_add(g, "--color=MGRID#%06xff", tint[TINT_GRID]);
	rrd_graph_add(g, "--color=FONT#%06xff", tint[TINT_SOFT]);
}

/* librrd labels the time axis at one regular step. */
static const char *labels_of(const struct drawing *d)
{
	int64_t days = d->step * (int64_t)d->cells / DAY_S;

	return days > 40   ? "MONTH:1:2678400:%b"
	       : days > 10 ? "DAY:5:86400:%-d"
	       : days > 2  ? "DAY:1:86400:%a"
			   : "HOUR:4:0:%H";
}

static void add_axes(struct rrd_graph *g, const struct drawing *d)
{
	const struct scale *s = &d->scale;

	rrd_graph_add(g, "--x-grid=YEAR:100:YEAR:100:%s", labels_of(d));
	rrd_graph_add(g, "--y-grid=%g:1", s->step);
	rrd_graph_add(g, "--units-exponent=0");
	rrd_graph_add(g, "--units-length=8");
	rrd_graph_add(g, "--left-axis-format=%%.%dlf %s", s->decimals, s->unit);
}

/* Write one centred sentence below the head. */
static void add_notice(struct rrd_graph *g, const struct drawing *d)
{
	double line = 10 * drawing_letters(d) * 1.8;
	int empty = (int)(d->height / (2 * line)) - 1;

	rrd_graph_add(g, "--x-grid=none");
	rrd_graph_add(g, "--y-grid=none");
	for (int i = 0; i < empty; i++)
		add_item(g, " ", "\\l");
	add_item(g, d->notice, "\\c");
	rrd_graph_add(g, "HRULE:0#00000000");
}

static rrd_info_t *draw(const struct drawing *d, struct err *e)
{
	struct rrd_graph *g = calloc(1, sizeof(*g));
	rrd_info_t *info;

	if (g == NULL) {
		err_memory(e);
		return NULL;
	}
	add_page(g, d);
	add_head(g, d);
	if (d->notice[0])
		add_notice(g, d);
	else
		add_axes(g, d);
	if (d->cells > 0 && !d->notice[0])
		rrd_graph_layers(g, d);
	rrd_graph_add(g, "HRULE:0#%06x%s", d->theme->tint[TINT_ZERO],
		      d->notice[0] ? "00" : "ff");
	info = rrd_graph_run(g, e);
	free(g);
	return info;
}

static int number(const rrd_info_t *info, const char *key)
{
	const rrd_infoval_t *value = rrd_graph_value(info, key);

	return value != NULL ? (int)value->u_cnt : 0;
}

int without_cairo_measure(struct drawing *d, struct err *e)
{
	struct drawing empty = *d;
	rrd_info_t *info;

	if (d->notice[0])
		return 0;
	empty.scale = (struct scale){ 0, 1, 1, 0, "kWh", 1 };
	empty.start = 1000000000;
	empty.step = DAY_S;
	empty.cells = 1;
	empty.layers = 0;
	info = draw(&empty, e);
	if (info == NULL)
		return e->code;
	d->canvas = (struct canvas){
		number(info, "graph_left"),
		number(info, "graph_top"),
		number(info, "graph_width"),
		number(info, "graph_height"),
	};
	rrd_info_free(info);
	return d->canvas.width > 0 && d->canvas.height > 0
		       ? 0
		       : err_set(e, ERR_FAILED, "librrd drew no canvas");
}

/* Copy librrd's image. */
static int copy(const rrd_info_t *info, struct image *out, struct err *e)
{
	const rrd_blob_t *blob = rrd_graph_png(info, e);

	*out = (struct image){ 0 };
	if (blob == NULL)
		return e->code;
	out->bytes = malloc(blob->size);
	if (out->bytes == NULL)
		return err_memory(e);
	out->n = blob->size;
	memcpy(out->bytes, blob->ptr, out->n);
	return 0;
}

/* Draw bars that are not plainly filled as paler ones. */
static int add_blocks(struct drawing *d, struct err *e)
{
	double *layer[TINT_COUNT] = { NULL };

	/* The upper part of a bar comes after the lower, which covers it. */
	for (size_t i = d->blocks; i > 0; i--) {
		const struct block *b = &d->block[i - 1];

		if (layer[b->tint] == NULL)
			layer[b->tint] = layers_add(
				d, SHAPE_AREA,
				theme_mix(d->theme, b->tint, THEME_UNFINISHED));
		if (layer[b->tint] == NULL)
			return err_memory(e);
		for (int x = b->x; x < b->x + b->width; x++)
			layer[b->tint][x] = b->to;
	}
	return 0;
}

int without_cairo_paint(const struct drawing *d, struct image *out,
			struct err *e)
{
	struct drawing all = *d;
	rrd_info_t *info = NULL;
	int rc = add_blocks(&all, e);

	*out = (struct image){ 0 };
	if (rc == 0)
		info = draw(&all, e);
	rc = info != NULL ? copy(info, out, e) : e->code;
	if (info != NULL)
		rrd_info_free(info);
	/* Free only the layers that were added here. */
	for (size_t i = d->layers; i < all.layers; i++)
		free(all.layer[i].value);
	return rc;
}
