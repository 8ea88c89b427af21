/* The token that p1web requires, from its file. */
#ifndef BASE_TOKEN_FILE_H
#define BASE_TOKEN_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/span.h"

enum {
	TOKEN_MIN = 16,	  /* characters */
	TOKEN_TEXT = 256, /* bytes, NUL included */
};

/* Can a cookie and a header contain it unchanged? */
bool token_is_usable(struct span token);

/*
 * Read the first line of the file `path`; the path "" gives the token "".
 * ERR_CONFIG if the file is missing, if others can read it, or if the line is
 * not a usable token; ERR_PERMISSION if this user may not read it.
 */
int token_file_read(const char *path, char token[static TOKEN_TEXT],
		    struct err *e);

#endif
