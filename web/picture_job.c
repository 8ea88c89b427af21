#include "web/picture_job.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/child.h"
#include "base/span.h"
#include "web/request.h"

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

int picture_job_key(const struct request *r, char key[JOB_KEY], struct err *e)
{
	char date_buf[ARG], theme_buf[ARG];
	const char *date = r->arg(r->ctx, "date=", date_buf, ARG);
	const char *theme = r->arg(r->ctx, "theme=", theme_buf, ARG);
	const char *subject, *range;

	date = date != NULL && *date != '\0' ? date : "today";
	theme = theme != NULL && *theme != '\0' ? theme : "light";
	if (strcmp(date, "today") != 0 &&
	    (strspn(date, "0123456789-") != strlen(date) || *date == '-' ||
	     strlen(date) > 10))
		return err_set(e, ERR_USAGE, "date='%s' is not a date", date);
	if (strcmp(theme, "light") != 0 && strcmp(theme, "dark") != 0)
		return err_set(e, ERR_USAGE,
			       "theme='%s': must be light or "
			       "dark",
			       theme);
	if (!find(r->path, &subject, &range))
		return err_set(e, ERR_USAGE, "no such picture");
	snprintf(key, JOB_KEY, "--%s --%s=%.10s --theme=%s", subject, range,
		 date, theme);
	return 0;
}

/* The key holds three words of the command line. */
static int begin(const struct job_how *how, struct job *l, struct err *e)
{
	char words[JOB_KEY], *rest = words;
	const char *argv[10] = { "p1graph" };
	int n = 1, ends[2];

	snprintf(words, sizeof(words), "%s", l->key);
	while (n < 4)
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
