#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>

static const int priorities[] = {
	[LOG_LEVEL_ERROR] = LOG_ERR,
	[LOG_LEVEL_WARNING] = LOG_WARNING,
	[LOG_LEVEL_NOTICE] = LOG_NOTICE,
	[LOG_LEVEL_DEBUG] = LOG_DEBUG,
};

void log_open(struct log *log, const char *program, bool to_syslog,
	      enum log_level up_to)
{
	*log = (struct log){
		.program = program,
		.up_to = up_to,
		.syslog = to_syslog,
		.priorities = getenv("JOURNAL_STREAM") != NULL,
	};
	if (to_syslog)
		openlog(program, LOG_PID, LOG_DAEMON);
}

void log_line(const struct log *log, enum log_level level, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	if (level > log->up_to)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (log->syslog)
		syslog(priorities[level], "%s", text);
	else if (log->priorities)
		fprintf(stderr, "<%d>%s\n", priorities[level], text);
	else
		fprintf(stderr, "%s: %s\n", log->program, text);
}

int64_t log_burst_count(struct log_burst *b, int64_t now_ms, int64_t period_ms)
{
	int64_t count;

	if (b->since_ms == 0) {
		b->since_ms = now_ms ? now_ms : 1;
		b->count = 0;
		return 1;
	}
	b->count++;
	if (now_ms - b->since_ms < period_ms)
		return 0;
	count = b->count;
	b->since_ms = now_ms;
	b->count = 0;
	return count;
}
