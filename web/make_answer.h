/* Build responses from documents. */
#ifndef WEB_MAKE_ANSWER_H
#define WEB_MAKE_ANSWER_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/span.h"

struct answer;
struct words;

/*
 * Build a response from the output of `write`, in the language of `w`. Returns
 * 0, or ERR_FAILED if out of memory.
 */
int make_answer_write(const char *type, int status,
		      void (*write)(FILE *out, const struct words *w,
				    struct span text),
		      const struct words *w, struct span text, struct answer *a,
		      struct err *e);

/*
 * Give a response its ETag, and compress it if the client accepts `gzip` and it
 * is long enough. Returns 0, or ERR_FAILED if out of memory.
 */
int make_answer_small(struct answer *a, bool gzip, struct err *e);

#endif
