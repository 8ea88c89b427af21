#include "web/query_job.h"

#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "web/query_thread.h"
#include "web/words.h"

enum {
	ARG = 64,	/* size of a parameter */
	WAIT_MS = 5000, /* time for a few queries and a lock */
};

static const char *const names[] = {
	"from=",   "to=",   "resolution=", "step=",  "res=", "format=",
	"period=", "date=", "with=",	   "until=", "at=",
};

/* Lines after the parameters that are not parameters. */
static const char language[] = "language=", gzip[] = "\ngzip";

/*
 * Valid values contain no line end; with a replacement character they are
 * refused.
 */
static void replace_line_ends(char *value)
{
	for (; *value != '\0'; value++)
		if (*value == '\n')
			*value = '?';
}

int query_job_key(const struct request *r, char key[JOB_KEY], struct err *e)
{
	char buf[ARG], value[ARG];
	int n = snprintf(key, JOB_KEY, "%s", r->path);

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *given = r->arg(r->ctx, names[i], buf, ARG);

		if (given == NULL || *given == '\0')
			continue;
		snprintf(value, sizeof(value), "%s", given);
		replace_line_ends(value);
		if (n < JOB_KEY)
			n += snprintf(key + n, (size_t)(JOB_KEY - n), "\n%s%s",
				      names[i], value);
	}
	if (n < JOB_KEY && r->words != words_named(""))
		n += snprintf(key + n, (size_t)(JOB_KEY - n), "\n%s%s",
			      language, r->words->language);
	if (n < JOB_KEY && r->gzip)
		n += snprintf(key + n, (size_t)(JOB_KEY - n), "%s", gzip);
	return n < JOB_KEY
		       ? 0
		       : err_set(e, ERR_USAGE, "the query string is too long");
}

/* ctx points to the lines after the path. */
static const char *argument(void *ctx, const char *name, char *buf, int size)
{
	struct span text = span_of(ctx), wanted = span_of(name);

	while (text.n > 0 && !span_starts(text, wanted)) {
		const char *end = memchr(text.p, '\n', text.n);

		text = end ? span_skip(text, (size_t)(end - text.p) + 1)
			   : (struct span){ 0 };
	}
	if (text.n == 0)
		return NULL;
	text = span_skip(text, wanted.n);
	snprintf(buf, (size_t)size, "%.*s", (int)strcspn(text.p, "\n"), text.p);
	return buf;
}

void query_job_read(struct query_job *q, const char *key)
{
	char *rest = q->text, name[8] = "";

	snprintf(q->text, sizeof(q->text), "%s", key);
	strsep(&rest, "\n");
	q->request = (struct request){
		.path = q->text,
		.arg = argument,
		.ctx = rest != NULL ? rest : q->text + strlen(q->text),
		.gzip = strlen(key) >= strlen(gzip) &&
			strcmp(key + strlen(key) - strlen(gzip), gzip) == 0,
	};
	argument(q->request.ctx, language, name, sizeof(name));
	q->request.words = words_named(name);
}

static int put(const struct job_how *how, struct job *l,
	       struct query_thread *worker)
{
	l->worker = worker;
	query_thread_ask(worker, how->web, l->key);
	return 0;
}

static int put_quick(const struct job_how *how, struct job *l, struct err *e)
{
	(void)e;
	return put(how, l, how->quick);
}

static int put_slow(const struct job_how *how, struct job *l, struct err *e)
{
	(void)e;
	return put(how, l, how->slow);
}

const struct job_kind query_job_quick = {
	.wait_ms = WAIT_MS,
	.reads = true,
	.begin = put_quick,
};

const struct job_kind query_job_slow = {
	.wait_ms = WAIT_MS,
	.reads = true,
	.begin = put_slow,
};
