#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sysexits.h>

#include "base/printable.h"

/* Append a text after the first n bytes. Returns the new length. */
static size_t put_format(struct err *e, size_t n, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

static size_t put_format(struct err *e, size_t n, const char *fmt, va_list ap)
{
	return n + printable_format(e->text + n, sizeof(e->text) - n, fmt, ap);
}

static size_t put(struct err *e, size_t n, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static size_t put(struct err *e, size_t n, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	n = put_format(e, n, fmt, ap);
	va_end(ap);
	return n;
}

int err_set(struct err *e, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_format(e, 0, fmt, ap);
	va_end(ap);
	return e->code = code;
}

/* strerror's "too many levels" is misleading here: name the usual cause. */
static const char *text_of(int cause)
{
	return cause == ELOOP
		       ? "a symbolic link that is not followed here, because "
			 "another user could have made it"
		       : strerror(cause);
}

int err_errno(struct err *e, int code, const char *fmt, ...)
{
	int cause = errno;
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	n = put_format(e, 0, fmt, ap);
	va_end(ap);
	put(e, n, ": %s", text_of(cause));
	return e->code = code;
}

int err_memory(struct err *e)
{
	return err_set(e, ERR_FAILED, "out of memory");
}

int err_while(struct err *e, const char *fmt, ...)
{
	struct err below = *e;
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	n = put_format(e, 0, fmt, ap);
	va_end(ap);
	put(e, n, ": %s", below.text);
	return e->code;
}

int err_section(struct err *e, const char *section)
{
	struct err below = *e;

	put(e, put(e, 0, "[%s] ", section), "%s", below.text);
	return e->code;
}

int err_after(struct err *e, const char *fmt, ...)
{
	size_t n = put(e, strlen(e->text), "; ");
	va_list ap;

	va_start(ap, fmt);
	put_format(e, n, fmt, ap);
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
