/*
 * A span borrows bytes that somebody else owns: it is never freed, never
 * NUL-terminated, and is valid only while its owner leaves the bytes alone.
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

/* A span of a string literal, its NUL left out. */
#define SPAN(literal) ((struct span){ "" literal, sizeof(literal) - 1 })

/* printf("%.*s", SPAN_ARG(s)) */
#define SPAN_ARG(s) (int)(s).n, (s).p

/* How many elements an array has (never of a pointer). */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A span of a NUL-terminated string, borrowed as long as the string lives. */
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

/* What is left of s after its first n bytes; empty when it has fewer. */
static inline struct span span_skip(struct span s, size_t n)
{
	return n < s.n ? (struct span){ s.p + n, s.n - n } : SPAN("");
}

/*
 * Cut the part before the first `sep` off the front of *rest into *head.
 * Without a `sep` nothing moves and the answer is false, so a caller that
 * needs the separator gets an error instead of a guess.
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

/* Without the blanks at both ends. */
static inline struct span span_trim(struct span s)
{
	while (s.n > 0 && s.p[0] == ' ')
		s = (struct span){ s.p + 1, s.n - 1 };
	while (s.n > 0 && s.p[s.n - 1] == ' ')
		s.n--;
	return s;
}

#endif
