/*
 * A span borrows bytes owned elsewhere: it is never freed, not NUL-terminated,
 * and valid only while the owner leaves the bytes alone.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *p; /* NULL only when n is 0 */
	size_t n;
};

/* A span of a string literal, without its NUL. */
#define SPAN(literal) ((struct span){ "" literal, sizeof(literal) - 1 })

/* printf("%.*s", SPAN_ARG(s)) */
#define SPAN_ARG(s) (int)(s).n, (s).p

/* Number of elements of an array (never of a pointer). */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A span of a NUL-terminated string, valid while the string is. */
static inline struct span span_of(const char *text)
{
	return (struct span){ text, strlen(text) };
}

static inline bool span_eq(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool span_starts(struct span s, struct span head)
{
	return s.n >= head.n && memcmp(s.p, head.p, head.n) == 0;
}

/* The rest of s after n bytes; empty if it has fewer. */
static inline struct span span_skip(struct span s, size_t n)
{
	return n < s.n ? (struct span){ s.p + n, s.n - n } : SPAN("");
}

/*
 * Cut the part before the first `sep` off *rest into *head. Returns false and
 * changes nothing if there is no `sep`, so a caller that needs it gets an error
 * and not a guess.
 */
static inline bool span_cut(struct span *rest, char sep, struct span *head)
{
	const char *at = rest->n ? memchr(rest->p, sep, rest->n) : NULL;

	if (at == NULL)
		return false;
	*head = (struct span){ rest->p, (size_t)(at - rest->p) };
	rest->n -= head->n + 1;
	rest->p = at + 1;
	return true;
}

/* Take the part before the first `sep`, or all of it, and skip the `sep`. */
static inline struct span span_take(struct span *rest, char sep)
{
	struct span head;

	if (span_cut(rest, sep, &head))
		return head;
	head = *rest;
	*rest = (struct span){ 0 };
	return head;
}

/* Strip the blanks at both ends. */
static inline struct span span_trim(struct span s)
{
	while (s.n > 0 && s.p[0] == ' ')
		s = (struct span){ s.p + 1, s.n - 1 };
	while (s.n > 0 && s.p[s.n - 1] == ' ')
		s.n--;
	return s;
}

#endif
