/*
 * libFuzzer target: any bytes as the settings file. They are read, or refused
 * with a sentence; settings that were read are printed, and reading the print
 * gives the same.
 */
#define _GNU_SOURCE /* memfd_create */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/all_settings.h"
#include "base/printable.h"

enum { LONGEST = 1 << 16, PRINTED = 1 << 17, PATH = 32 };

static void insist(bool holds, const char *what, const char *more)
{
	if (holds)
		return;
	fprintf(stderr, "%s: %s\n", what, more);
	abort();
}

/* Read the bytes as a file. */
static int load(struct all_settings *s, const void *bytes, size_t n,
		struct err *e)
{
	int fd = memfd_create("ini", MFD_CLOEXEC), rc;
	char path[PATH];

	insist(fd >= 0 && write(fd, bytes, n) == (ssize_t)n, "memfd", "");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	rc = all_settings_load(s, path, e);
	close(fd);
	return rc;
}

static size_t print(const struct all_settings *s, char out[static PRINTED])
{
	FILE *f = fmemopen(out, PRINTED, "w");
	long n;

	insist(f != NULL, "fmemopen", "");
	all_settings_print(f, s, 0);
	n = ftell(f);
	insist(fclose(f) == 0 && n > 0 && n < PRINTED - 1, "printing", "");
	return (size_t)n;
}

static void insist_lines(struct span text)
{
	struct span line;

	while (span_cut(&text, '\n', &line))
		insist(is_printable(line), "bytes in", line.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char first[PRINTED], second[PRINTED];
	static struct all_settings s, again;
	struct err e = { 0 };
	size_t n;
	int rc;

	if (size > LONGEST)
		return 0;
	rc = load(&s, data, size, &e);
	insist(rc == 0 || rc == ERR_CONFIG, "not refused as a setting", e.text);
	insist(rc == 0 || e.text[0] != '\0', "refused without a word", "");
	insist(is_printable(span_of(rc == 0 ? "" : e.text)), "bytes", e.text);
	if (rc < 0)
		return 0;
	n = print(&s, first);
	insist_lines((struct span){ first, n });
	insist(load(&again, first, n, &e) == 0, "what was printed", e.text);
	insist(print(&again, second) == n && memcmp(first, second, n) == 0,
	       "printed again it is other", second);
	return 0;
}
