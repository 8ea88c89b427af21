#include "web/make_answer.h"

#include <stdlib.h>

#include "web/compress.h"
#include "web/etag.h"
#include "web/request.h"

int make_answer_write(const char *type, int status,
		      void (*write)(FILE *out, const struct words *w,
				    struct span text),
		      const struct words *w, struct span text, struct answer *a,
		      struct err *e)
{
	FILE *out;

	*a = (struct answer){ .status = status, .type = type };
	out = open_memstream(&a->body, &a->n);
	if (out == NULL)
		return err_memory(e);
	write(out, w, text);
	return fclose(out) == 0 ? 0 : err_memory(e);
}

int make_answer_small(struct answer *a, bool gzip, struct err *e)
{
	size_t n;
	char *packed;

	a->etag = a->status == 200 ? etag_of(a->body, a->n) : 0;
	if (!gzip || a->n < COMPRESS_MIN)
		return 0;
	packed = compress_gzip(a->body, a->n, COMPRESS_LEVEL, &n);
	if (packed == NULL)
		return err_memory(e);
	free(a->body);
	a->body = packed;
	a->n = n;
	a->gzip = true;
	return 0;
}
