#include "web/picture_job.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/child.h"
#include "base/span.h"
#include "web/request.h"
#include "web/words.h"

enum {
	ARG = 64,	 /* size of a query parameter */
	WAIT_MS = 10000, /* a Raspberry Pi Zero takes a second */
	FRESH_MS = 60000,
};

static const char *const ranges[] = { "day", "week", "month", "year" };
static const char *const subjects[] = {
	"electricity", "gas", "water", "warm-water", "heat", "cold",
};

/* p1graph's file name for a subject and range. */
static bool is_file(const char *name, const char *subject, const char *range)
{
	char file[64];

	snprintf(file, sizeof(file), "%s%s%s.png",
		 subject == subjects[0] ? "" : subject,
		 subject == subjects[0] ? "" : "-", range);
	return strcmp(name, file) == 0;
}

static bool find(const char *path, const char **subject, const char **range)
{
	struct span folder = SPAN("/graph/");

	if (!span_starts(span_of(path), folder))
		return false;
	for (size_t i = 0; i < COUNT(subjects) * COUNT(ranges); i++) {
		*subject = subjects[i / COUNT(ranges)];
		*range = ranges[i % COUNT(ranges)];
		if (is_file(path + folder.n, *subject, *range))
			return true;
	}
	return false;
}

bool picture_job_is(const char *path)
{
	const char *subject, *range;

	return find(path, &subject, &range);
}

/* Choices of the query parameter "NAME=": the first value is the default. */
struct choice {
	const char *name, *values[4];
};

static const struct choice choices[] = {
	{ "theme=", { "light", "dark" } },
	{ "size=", { "900x300", "450x200", "1200x400" } },
	{ "scale=", { "1", "2" } },
};

static const char *chosen(const struct request *r, const struct choice *c,
			  struct err *e)
{
	char buf[ARG];
	const char *given = r->arg(r->ctx, c->name, buf, ARG);
	size_t i = 0;

	if (given == NULL || *given == '\0')
		return c->values[0];
	for (; c->values[i] != NULL; i++)
		if (strcmp(given, c->values[i]) == 0)
			return c->values[i];
	err_set(e, ERR_USAGE, "%s'%s': must be %s%s%s%s%s", c->name, given,
		i > 2 ? c->values[i - 3] : "", i > 2 ? ", " : "",
		c->values[i - 2], " or ", c->values[i - 1]);
	return NULL;
}

/*
 * The language requested; "" for that of the settings, NULL if it is unknown.
 */
static const char *language_of(const struct request *r, struct err *e)
{
	char buf[ARG];
	const char *given = r->arg(r->ctx, "language=", buf, ARG);
	const struct words *w;

	if (given == NULL || *given == '\0')
		return r->named ? r->words->language : "";
	w = words_named(given);
	if (strcmp(w->language, given) == 0)
		return w->language;
	err_set(e, ERR_USAGE, "language='%s': there is no such language",
		given);
	return NULL;
}

static int add_choices(const struct request *r, char key[JOB_KEY],
		       struct err *e)
{
	const char *language = language_of(r, e);
	size_t n = strlen(key);

	for (size_t i = 0; i < COUNT(choices); i++) {
		const struct choice *c = &choices[i];
		const char *value = chosen(r, c, e);

		if (value == NULL)
			return e->code;
		n += (size_t)snprintf(key + n, JOB_KEY - n, " --%s%s", c->name,
				      value);
	}
	if (language == NULL)
		return e->code;
	if (*language != '\0')
		snprintf(key + n, JOB_KEY - n, " --language=%s", language);
	return 0;
}

int picture_job_key(const struct request *r, char key[JOB_KEY], struct err *e)
{
	char buf[ARG];
	const char *date = r->arg(r->ctx, "date=", buf, ARG);
	const char *subject, *range;

	date = date != NULL && *date != '\0' ? date : "today";
	if (strcmp(date, "today") != 0 &&
	    (strspn(date, "0123456789-") != strlen(date) || *date == '-' ||
	     strlen(date) > 10))
		return err_set(e, ERR_USAGE, "date='%s' is not a date", date);
	if (!find(r->path, &subject, &range))
		return err_set(e, ERR_USAGE, "no such picture");
	snprintf(key, JOB_KEY, "--%s --%s=%.10s", subject, range, date);
	return add_choices(r, key, e);
}

/* The key contains the arguments of the command line. */
static int begin(const struct job_how *how, struct job *l, struct err *e)
{
	char words[JOB_KEY], *rest = words;
	const char *argv[16] = { "p1graph" };
	int n = 1, ends[2];

	snprintf(words, sizeof(words), "%s", l->key);
	while (rest != NULL)
		argv[n++] = strsep(&rest, " ");
	argv[n++] = "--output=-";
	if (how->config != NULL) {
		argv[n++] = "--config";
		argv[n++] = how->config;
	}
	if (pipe(ends) < 0)
		return err_errno(e, ERR_FAILED, "creating a pipe");
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	l->pid = child_start(argv, ends[1], e);
	close(ends[1]);
	l->fd = ends[0];
	if (l->pid > 0)
		return 0;
	l->pid = 0;
	close(ends[0]);
	return e->code;
}

const struct job_kind picture_job_kind = {
	.type = "image/png",
	.magic = "\211PNG",
	.wait_ms = WAIT_MS,
	.fresh_ms = FRESH_MS,
	.reads = true,
	.begin = begin,
};
