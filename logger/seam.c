#include "logger/seam.h"

#include "base/utc.h"
#include "logger/follow.h"
#include "storage/entered.h"

enum { FOLLOW_MS = 3600000 }; /* the longest wait for p1rrd */

static int read_words(struct entered *n, const char *at, char **words,
		      struct err *e)
{
	if (at != NULL && !utc_parse(span_of(at), &n->at))
		return err_set(e, ERR_USAGE,
			       "--at: '%s' is no time, as "
			       "2025-05-20T11:37:12Z",
			       at);
	if (words[0] == NULL)
		return err_set(e, ERR_USAGE,
			       "no counter is given, as "
			       "import_t1=1234.567");
	for (; *words != NULL; words++)
		if (entered_set(n, *words, e) < 0)
			return e->code;
	return 0;
}

int seam_enter(const struct keep_options *o, bool opening, const char *meter,
	       const char *at, char **words, long wait_s, struct err *e)
{
	struct entered n = { .opening = opening,
			     .meter = meter,
			     .at = INT64_MIN };
	struct keep k = { .lock = -1 };
	int rc = read_words(&n, at, words, e);

	if (rc < 0)
		return rc;
	rc = keep_open(&k, o, wait_s, true, e);
	if (rc == 0)
		rc = err_set(e, ERR_BUSY,
			     "the service keeps %s: stop it for "
			     "this, systemctl stop p1logger",
			     o->database);
	if (rc > 0)
		rc = journal_enter(k.journal, &n, clock_utc(o->clock), e);
	keep_close(&k);
	if (rc <= 0)
		return rc;
	return o->follow ? follow_run(o->config, FOLLOW_MS, e) : 0;
}
