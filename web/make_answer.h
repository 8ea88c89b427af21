/* Answers from documents. */
#ifndef WEB_MAKE_ANSWER_H
#define WEB_MAKE_ANSWER_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/span.h"

struct answer;
struct words;

/*
 * Answer with what `write` writes, in the language of `w`. ERR_FAILED if out of
 * memory.
 */
int make_answer_write(const char *type, int status,
		      void (*write)(FILE *out, const struct words *w,
				    struct span text),
		      const struct words *w, struct span text, struct answer *a,
		      struct err *e);

/*
 * Give an answer its ETag, and compress it if the client accepts `gzip` and it
 * is long enough. ERR_FAILED if out of memory.
 */
int make_answer_small(struct answer *a, bool gzip, struct err *e);

#endif
