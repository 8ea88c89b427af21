/*
 * Log lines, few and short, to standard error or to syslog. Under systemd a
 * line on stderr carries its priority as "<4>"; on a terminal, the program's
 * name and the sentence.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARNING,
	LOG_LEVEL_NOTICE, /* rare: started, meter replaced, port came back */
	LOG_LEVEL_DEBUG,  /* only with --verbose */
};

struct log {
	const char *program;  /* static storage */
	enum log_level up_to; /* what is less important is not written */
	bool syslog;	      /* else stderr */
	bool priorities;      /* stderr is read by systemd: lead with <n> */
};

/* Fill *log for a program; `priorities` if standard error is JOURNAL_STREAM's. */
void log_open(struct log *log, const char *program, bool syslog,
	      enum log_level up_to);

/*
 * Write one line, printable (base/printable.h) whatever it was made of; longer
 * ones are cut. Never fails and never waits for long: a line that standard error
 * does not take is lost, and counted in the next one that it takes.
 */
void log_line(const struct log *log, enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * For what may happen ten times a second: the first is said at once, then the
 * rest are counted and said once in a while, "412 CRC errors in the last hour".
 */
struct log_burst {
	int64_t since_ms; /* monotonic, when the period began; 0: none yet */
	int64_t count;	  /* seen since, not yet said */
};

/*
 * Count one occurrence at the monotonic instant now_ms. Returns how many to
 * speak of now: 1 for the first in a period_ms without any, the number counted
 * when a period has passed, 0 to stay silent.
 */
int64_t log_burst_count(struct log_burst *b, int64_t now_ms, int64_t period_ms);

#endif
