/*
 * Errors: a code to act on and a sentence to read.
 *
 * A function that can fail returns 0 (or a count, or 1) on success and a
 * negative err_code on failure; its last parameter is a `struct err *`, never
 * NULL. The sentence is written where the cause is known; each level above may
 * prepend what it was doing; only main.c prints it.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

/*
 * What a caller can act on. Add a code only if some caller handles it
 * differently.
 */
enum err_code {
	ERR_NONE = 0,
	ERR_FAILED = -1, /* no other code fits */
	ERR_USAGE = -2,	 /* the command line, or a date on it, is wrong */
	ERR_FORMAT = -3, /* bad bytes from a meter or a file */
	ERR_ABSENT = -4, /* the port, file or service is missing */
	ERR_CREATE = -5, /* an output cannot be made or opened for writing */
	ERR_IO = -6,	 /* reading or writing failed, or the disk is full */
	ERR_BUSY = -7,	 /* in use by another process, or silent: try again */
	ERR_PERMISSION = -8, /* not allowed for this user */
	ERR_CONFIG = -9,     /* the user must change a setting or a program */
	ERR_DAMAGED = -10,   /* one of our files is damaged */
};

/* Owned by the caller: no error outlives its call or crosses threads. */
struct err {
	int code; /* an err_code */
	/*
	 * One sentence, truncated if longer; always printable
	 * (base/printable.h) and without a newline.
	 */
	char text[480];
};

/*
 * Record a failure where it is detected. Returns `code`: return err_set(...);
 */
int err_set(struct err *e, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Like err_set, with ": " and strerror(errno) appended. */
int err_errno(struct err *e, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Record that memory ran out. Returns ERR_FAILED. */
int err_memory(struct err *e);

/* Prepend what we were doing. Returns e->code. */
int err_while(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Prepend "[section] " to a sentence that starts with a key of the settings.
 * Returns e->code.
 */
int err_section(struct err *e, const char *section);

/* Append a consequence after "; ". Returns e->code. */
int err_after(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Exit status for this code: 0, 1, 2, or its sysexits.h number (65 data, 69
 * absent, 73 create, 74 I/O, 75 try again, 77 permission, 78 configuration).
 */
int err_exit_status(int code);

#endif
