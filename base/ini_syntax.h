/*
 * Internal to base/ini_file.c: the lines of an ini file, for mistakes that
 * iniparser does not report.
 */
#ifndef BASE_INI_SYNTAX_H
#define BASE_INI_SYNTAX_H

#include <stdbool.h>

#include "base/err.h"

/*
 * Find the first line of the file `path` that is not a comment, section or key.
 * Returns its line number, or 0 if all lines are valid.
 */
int ini_syntax_bad_line(const char *path);

/* Does the file start with a byte order mark, as some Windows editors write? */
bool ini_syntax_has_byte_order_mark(const char *path);

/*
 * Refuse what iniparser accepts but misreads: a key that is set twice in one
 * section, whose last value it takes, and an unquoted value that contains '#'
 * or ';', which it cuts off there. Returns 0 or ERR_CONFIG, with key and line.
 */
int ini_syntax_check(const char *path, struct err *e);

#endif
