/*
 * Errors: a code to act on, a sentence to read.
 *
 * A function that can fail answers 0 (or a count, or 1) when all is well and a
 * negative err_code when not, and takes a `struct err *` as its last
 * parameter, never NULL. The sentence is made where the cause is known; each
 * level above may put its intention in front; only main.c prints it.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/* What a caller can act on. Add one only when some caller treats it apart. */
enum err_code {
	ERR_NONE = 0,
	ERR_FAILED = -1, /* no other code fits */
	ERR_USAGE = -2,	 /* the command line, or a date on it, is wrong */
	ERR_FORMAT = -3, /* bad bytes from a meter or a file */
	ERR_ABSENT = -4, /* the port, file or service is not there */
	ERR_CREATE = -5, /* an output cannot be made or opened for writing */
	ERR_IO = -6,	 /* reading or writing failed, or the disk is full */
	ERR_BUSY = -7,	 /* somebody holds it, or it is silent: try again */
	ERR_PERMISSION = -8, /* this user may not */
	ERR_CONFIG = -9,     /* the user must change a setting or a program */
	ERR_DAMAGED = -10,   /* a file of ours is not sound */
};

/* Caller-owned; no globals, so no error outlives its call or crosses threads. */
struct err {
	int code; /* an err_code */
	/* One sentence, cut when longer; printable (base/printable.h), whatever
	 * it was made of, so without a newline. */
	char text[480];
};

/* Record a failure where it is found. Returns `code`, so: return err_set(...) */
int err_set(struct err *e, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with ": " and strerror(errno) behind the sentence. */
int err_errno(struct err *e, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Put what *we* were doing in front of what went wrong below. Returns e->code. */
int err_while(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Put what follows from it behind, after "; ". Returns e->code. */
int err_after(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The exit status of a program that ends with this code: 0, 1, 2, or the
 * number that sysexits.h gives its kind (65 data, 69 absent, 73 create, 74 I/O,
 * 75 try again, 77 permission, 78 configuration).
 */
int err_exit_status(int code);

#endif
