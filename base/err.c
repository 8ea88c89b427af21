#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

int err_set(struct err *e, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	return e->code = code;
}

/* The system's "too many levels" says little of the usual case. */
static const char *text_of(int cause)
{
	return cause == ELOOP ? "a symbolic link that is not followed here, as "
				"another user could have made it"
			      : strerror(cause);
}

int err_errno(struct err *e, int code, const char *fmt, ...)
{
	int cause = errno;
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	n = strlen(e->text);
	snprintf(e->text + n, sizeof(e->text) - n, ": %s", text_of(cause));
	return e->code = code;
}

int err_while(struct err *e, const char *fmt, ...)
{
	struct err below = *e;
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	n = strlen(e->text);
	snprintf(e->text + n, sizeof(e->text) - n, ": %s", below.text);
	return e->code;
}

int err_after(struct err *e, const char *fmt, ...)
{
	size_t n = strlen(e->text);
	va_list ap;

	n += (size_t)snprintf(e->text + n, sizeof(e->text) - n, "; ");
	va_start(ap, fmt);
	if (n < sizeof(e->text))
		vsnprintf(e->text + n, sizeof(e->text) - n, fmt, ap);
	va_end(ap);
	return e->code;
}

int err_exit_status(int code)
{
	static const int status[] = {
		[-ERR_NONE] = 0,
		[-ERR_FAILED] = 1,
		[-ERR_USAGE] = 2,
		[-ERR_FORMAT] = EX_DATAERR,
		[-ERR_ABSENT] = EX_UNAVAILABLE,
		[-ERR_CREATE] = EX_CANTCREAT,
		[-ERR_IO] = EX_IOERR,
		[-ERR_BUSY] = EX_TEMPFAIL,
		[-ERR_PERMISSION] = EX_NOPERM,
		[-ERR_CONFIG] = EX_CONFIG,
		[-ERR_DAMAGED] = EX_IOERR,
	};
	size_t at = (size_t)-code;

	return at < sizeof(status) / sizeof(status[0]) ? status[at] : 1;
}
