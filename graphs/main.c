/* p1graph: draw charts of the journal. */
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/ini_settings.h"
#include "base/localday.h"
#include "base/log.h"
#include "base/process.h"
#include "graphs/graph_options.h"
#include "graphs/save_picture.h"

static int write_picture(const struct image *p, const char *path, struct err *e)
{
	return strcmp(path, "-") == 0
		       ? save_picture_stdout(p->bytes, p->n, e)
		       : save_picture_file(path, p->bytes, p->n, e);
}

/* Returns as picture_draw. */
static int draw_to(struct history *h, const struct chart *c,
		   const struct range *r, const struct graph_options *o,
		   int64_t now, const char *path, struct err *e)
{
	struct image png = { 0 };
	int rc = picture_draw(h, c, r, &o->look, now, &png, e);

	if (rc < 0)
		err_while(e, "drawing %s", c->file);
	else if (write_picture(&png, path, e) < 0)
		rc = e->code;
	draw_free(&png);
	return rc;
}

static int no_readings(struct err *e)
{
	return err_set(e, ERR_FORMAT,
		       "there are no readings yet; p1logger --discover says "
		       "whether the meter sends any");
}

static int draw_all(struct history *h, const struct graph_options *o,
		    int64_t now, struct err *e)
{
	char path[PATH_MAX];
	int64_t first, last;
	struct range r;
	int drawn = 0;

	for (size_t i = 0; i < chart_count; i++) {
		const struct chart *c = &charts[i];
		int rc =
			history_extent(h, c->subject->medium, &first, &last, e);

		if (rc == 0)
			continue;
		if (rc < 0 || range_parse(c->range, o->date, now, &r, e) < 0)
			return e->code;
		snprintf(path, sizeof(path), "%s/%s", o->all, c->file);
		if (draw_to(h, c, &r, o, now, path, e) < 0)
			return e->code;
		drawn++;
	}
	return drawn > 0 ? 0 : no_readings(e);
}

/* Is it written to standard output for a program that expects a picture? */
static bool is_pipe(const char *output)
{
	return output != NULL && strcmp(output, "-") == 0;
}

/* Has any meter a reading? Returns 1, 0 or a negative code. */
static int has_any(struct history *h, struct err *e)
{
	int64_t first, last;
	int rc = 0;

	for (size_t i = 0; i < subject_count && rc == 0; i++)
		rc = history_extent(h, subjects[i].medium, &first, &last, e);
	return rc;
}

/* The picture is written and empty; a program is not told in words. */
static int tell_empty(struct history *h, const struct chart *c,
		      const struct range *r, bool to_program, struct err *e)
{
	const struct subject *s = c->subject;
	int64_t first, last;
	int any = has_any(h, e);
	int rc = any > 0 ? history_extent(h, s->medium, &first, &last, e) : any;

	if (rc < 0)
		return rc;
	if (to_program)
		return err_set(e, ERR_FORMAT, "%s", "");
	if (any == 0)
		return no_readings(e);
	if (rc == 0)
		return err_set(e, ERR_FORMAT,
			       "there is no %s meter: the database has no "
			       "readings from one",
			       s->noun);
	return err_set(e, ERR_FORMAT, "there are no %s readings %s %s", s->noun,
		       r->kind == RANGE_DAY ? "on" : "in", r->title);
}

static int draw_one(struct history *h, const struct graph_options *o,
		    int64_t now, const char *folder, struct err *e)
{
	const struct chart *c = chart_find(
		o->subject ? o->subject : &subjects[0],
		o->range >= 0 ? (enum range_kind)o->range : RANGE_DAY);
	char path[PATH_MAX];
	struct range r;
	int rc;

	if (range_parse(c->range, o->date, now, &r, e) < 0)
		return e->code;
	snprintf(path, sizeof(path), "%s%s%s", folder, *folder ? "/" : "",
		 c->file);
	rc = draw_to(h, c, &r, o, now, o->output ? o->output : path, e);
	if (rc == ERR_CREATE && o->output == NULL)
		return err_after(e, "choose a file with -o");
	return rc != 0 ? rc : tell_empty(h, c, &r, is_pipe(o->output), e);
}

/* Keep librrd's environment variables from changing the pictures. */
static void clean_environment(void)
{
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("RRDCACHED_ADDRESS");
	unsetenv("RRD_DEFAULT_FONT");
}

static int run(const struct graph_options *o, struct err *e)
{
	struct ini_settings s;
	struct history *h;
	int64_t now = clock_utc(&clock_machine);
	int rc;

	if (ini_settings_load(&s, o->config, e) < 0)
		return e->code;
	h = history_open(s.database, e);
	if (h == NULL)
		return e->code == ERR_ABSENT ? err_while(e, "nothing to draw")
					     : e->code;
	rc = localday_use(history_timezone(h), e);
	if (rc == 0)
		rc = o->all ? draw_all(h, o, now, e)
			    : draw_one(h, o, now, s.graphs_folder, e);
	history_close(h);
	return rc;
}

int main(int argc, char **argv)
{
	struct graph_options o = {
		.range = -1,
		.look = { 900, 300, theme_find("light") },
	};
	struct log log;
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&log, "p1graph", false, LOG_LEVEL_NOTICE);
	clean_environment();
	rc = graph_options_read(&o, argc, argv, &e);
	if (rc == 0)
		rc = run(&o, &e);
	if (rc < 0 && e.text[0] != '\0')
		log_line(&log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc < 0 ? rc : 0);
}
