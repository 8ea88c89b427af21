/*
 * Short log lines to standard error or syslog. Under systemd a line on stderr
 * starts with its priority, "<4>"; elsewhere with the program's name.
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
	enum log_level up_to; /* less important levels are not written */
	bool syslog;	      /* else stderr */
	bool priorities;      /* stderr goes to systemd: prefix <n> */
};

/*
 * Fill *log; sets `priorities` if standard error is the stream in
 * JOURNAL_STREAM.
 */
void log_open(struct log *log, const char *program, bool syslog,
	      enum log_level up_to);

/*
 * Write one printable line (base/printable.h), truncated if too long. Never
 * fails and never blocks for long: a line that standard error does not accept
 * is dropped, and the next line that it accepts says how many were.
 */
void log_line(const struct log *log, enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Rate limit for messages that may occur ten times a second: the first is
 * logged immediately, the rest are counted and logged periodically, "412 CRC
 * errors in the last hour".
 */
struct log_burst {
	int64_t since_ms; /* start of the period, monotonic; 0: not started */
	int64_t count;	  /* occurrences not yet logged */
};

/*
 * Count one occurrence at the monotonic time now_ms. Returns how many to log
 * now: 1 for the first in period_ms, the count when a period has passed, or 0.
 */
int64_t log_burst_count(struct log_burst *b, int64_t now_ms, int64_t period_ms);

#endif
