#include "storage/history/query_cache.h"

#include <stdlib.h>

static bool is_same(const struct query_question *a,
		    const struct query_question *b)
{
	return a->sql == b->sql && a->csv == b->csv &&
	       memcmp(a->v, b->v, sizeof(a->v)) == 0;
}

bool query_cache_find(const struct query_cache *m,
		      const struct query_question *to, struct span *text)
{
	for (int i = 0; i < QUERY_ANSWERS; i++) {
		const struct query_answer *a = &m->answer[i];

		if (!is_same(&a->to, to) || a->to.version != to->version)
			continue;
		*text = (struct span){ a->text, a->n };
		return true;
	}
	return false;
}

static void forget(struct query_answer *a)
{
	free(a->text);
	*a = (struct query_answer){ 0 };
}

static size_t size_of(const struct query_cache *m)
{
	size_t n = 0;

	for (int i = 0; i < QUERY_ANSWERS; i++)
		n += m->answer[i].n;
	return n;
}

void query_cache_keep(struct query_cache *m, const struct query_question *to,
		      char *text, size_t n)
{
	char *shorter = n > 0 ? realloc(text, n) : NULL; /* trimmed */

	text = shorter != NULL ? shorter : text;
	if (n > QUERY_ANSWERS_SIZE) {
		free(text);
		return;
	}
	for (int i = 0; i < QUERY_ANSWERS; i++)
		if (is_same(&m->answer[i].to, to))
			forget(&m->answer[i]);
	do {
		m->next = (m->next + 1) % QUERY_ANSWERS;
		forget(&m->answer[m->next]);
	} while (size_of(m) + n > QUERY_ANSWERS_SIZE);
	m->answer[m->next] = (struct query_answer){ *to, text, n };
}

void query_cache_clear(struct query_cache *m)
{
	for (int i = 0; i < QUERY_ANSWERS; i++)
		forget(&m->answer[i]);
}
