#include "base/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "base/printable.h"
#include "base/stderr_line.h"

enum { PATIENCE_MS = 200 }; /* for a slow reader of stderr */

static const int priorities[] = {
	[LOG_LEVEL_ERROR] = LOG_ERR,
	[LOG_LEVEL_WARNING] = LOG_WARNING,
	[LOG_LEVEL_NOTICE] = LOG_NOTICE,
	[LOG_LEVEL_DEBUG] = LOG_DEBUG,
};

/* Is standard error the stream in $JOURNAL_STREAM? systemd.exec(5) */
static bool is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char ours[64];
	struct stat st;

	if (stream == NULL || fstat(STDERR_FILENO, &st) < 0)
		return false;
	snprintf(ours, sizeof(ours), "%ju:%ju", (uintmax_t)st.st_dev,
		 (uintmax_t)st.st_ino);
	return strcmp(stream, ours) == 0;
}

void log_open(struct log *log, const char *program, bool to_syslog,
	      enum log_level up_to)
{
	*log = (struct log){
		.program = program,
		.up_to = up_to,
		.syslog = to_syslog,
		.priorities = is_journal(),
	};
	if (to_syslog)
		openlog(program, LOG_PID, LOG_DAEMON);
}

/* Lines that could not be written; a process has one standard error. */
static int64_t lost;

static bool write_line(const struct log *log, enum log_level level,
		       const char *text)
{
	char line[1200];
	int n;

	if (log->priorities)
		n = snprintf(line, sizeof(line), "<%d>%s\n", priorities[level],
			     text);
	else
		n = snprintf(line, sizeof(line), "%s: %s\n", log->program,
			     text);
	if (n >= (int)sizeof(line)) {
		n = sizeof(line) - 1;
		line[n - 1] = '\n';
	}
	return stderr_line(line, (size_t)n, lost > 0 ? 0 : PATIENCE_MS);
}

static bool say_lost(const struct log *log)
{
	char text[80];

	if (lost == 0)
		return true;
	snprintf(text, sizeof(text),
		 "lost %" PRId64 " lines: standard error was blocked", lost);
	if (write_line(log, LOG_LEVEL_WARNING, text))
		lost = 0;
	return lost == 0;
}

void log_line(const struct log *log, enum log_level level, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	if (level > log->up_to)
		return;
	va_start(ap, fmt);
	printable_format(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (log->syslog)
		syslog(priorities[level], "%s", text);
	else if (!say_lost(log) || !write_line(log, level, text))
		lost++;
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
