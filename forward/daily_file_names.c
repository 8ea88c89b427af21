#define _XOPEN_SOURCE 700 /* strptime */
#include "forward/daily_file_names.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/localday.h"

/* The pattern is a setting, so the compiler cannot check it. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static size_t expand(char path[static DAILY_FILE_PATH], const char *pattern,
		     const struct tm *tm)
{
	return strftime(path, DAILY_FILE_PATH, pattern, tm);
}
#pragma GCC diagnostic pop

bool daily_file_name(const char *pattern, int64_t utc,
		     char path[static DAILY_FILE_PATH])
{
	struct civil local = localday_civil(utc);
	time_t shown = (time_t)utc_from_civil(&local);
	struct tm tm;

	gmtime_r(&shown, &tm);
	return expand(path, pattern, &tm) > 0;
}

/* The rest of p after a strftime conversion, "%Y" or "%-d". */
static const char *behind_conversion(const char *p)
{
	p++;
	p += strspn(p, "_0^#-EO");
	return *p ? p + 1 : p;
}

/* Convert the pattern to one for glob(7), with room for a final ".gz". */
static bool glob_of(const char *pattern, char *out, size_t size)
{
	size_t n = 0;

	while (*pattern && n + 4 < size) {
		if (*pattern == '%' && pattern[1] != '%') {
			out[n++] = '*';
			pattern = behind_conversion(pattern);
			continue;
		}
		pattern += *pattern == '%';
		if (strchr("*?[\\", *pattern))
			out[n++] = '\\';
		out[n++] = *pattern++;
	}
	out[n++] = '*';
	out[n] = '\0';
	return *pattern == '\0';
}

/* Does the path match the pattern? If so, fill *f. */
static bool is_ours(const char *pattern, const char *path, struct daily_file *f)
{
	struct tm tm = { .tm_mday = 1 }, real;
	const char *end = strptime(path, pattern, &tm);
	char again[DAILY_FILE_PATH];
	size_t n;

	if (end == NULL || (*end != '\0' && strcmp(end, ".gz") != 0) ||
	    strlen(path) >= sizeof(f->path))
		return false;
	n = expand(again, pattern, &tm);
	if (n != (size_t)(end - path) || memcmp(again, path, n) != 0)
		return false;
	real = tm;
	f->since = timegm(&real);
	if (real.tm_mon != tm.tm_mon || real.tm_mday != tm.tm_mday)
		return false; /* February 30 */
	f->gzipped = *end != '\0';
	snprintf(f->path, sizeof(f->path), "%s", path);
	return true;
}

static int by_age(const void *a, const void *b)
{
	const struct daily_file *x = a, *y = b;

	if (x->since != y->since)
		return x->since < y->since ? -1 : 1;
	return strcmp(x->path, y->path);
}

size_t daily_file_list(const char *pattern, struct daily_file **list)
{
	char mask[2 * DAILY_FILE_PATH];
	glob_t found = { 0 };
	struct stat st;
	size_t n = 0;

	*list = NULL;
	if (!glob_of(pattern, mask, sizeof(mask)) ||
	    glob(mask, GLOB_NOSORT, NULL, &found) != 0)
		return 0;
	*list = calloc(found.gl_pathc, sizeof(**list));
	for (size_t i = 0; *list != NULL && i < found.gl_pathc; i++) {
		struct daily_file *f = &(*list)[n];

		if (!is_ours(pattern, found.gl_pathv[i], f) ||
		    lstat(f->path, &st) != 0 || !S_ISREG(st.st_mode))
			continue;
		f->size = st.st_size;
		n++;
	}
	globfree(&found);
	if (n > 0)
		qsort(*list, n, sizeof(**list), by_age);
	return n;
}
