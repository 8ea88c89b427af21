#include "storage/db/backup_record.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/atomic_write.h"
#include "base/utc.h"

static bool record_path(char path[static ROTATION_PATH], const char *database)
{
	return snprintf(path, ROTATION_PATH, "%s.backup", database) <
	       ROTATION_PATH;
}

bool backup_record_write(const char *database, const char *file, int64_t when)
{
	char path[ROTATION_PATH], line[UTC_TEXT + PATH_MAX + 2];
	char time[UTC_TEXT];
	char *whole = realpath(file, NULL); /* valid from any folder */
	struct err ignored;
	int n = snprintf(line, sizeof(line), "%s %s\n", utc_format(time, when),
			 whole ? whole : file);

	free(whole);
	return record_path(path, database) &&
	       atomic_write(path, 0640, line, (size_t)n, &ignored) == 0;
}

static bool read_line(struct span line, char file[static ROTATION_PATH],
		      int64_t *when)
{
	struct span time;

	if (!span_cut(&line, ' ', &time) || !utc_parse(time, when) ||
	    line.n == 0 || line.n >= ROTATION_PATH)
		return false;
	snprintf(file, ROTATION_PATH, "%.*s", SPAN_ARG(line));
	return true;
}

bool backup_record_read(const char *database, char file[static ROTATION_PATH],
			int64_t *when)
{
	char path[ROTATION_PATH], text[UTC_TEXT + PATH_MAX + 2] = "";
	FILE *f = record_path(path, database) ? fopen(path, "re") : NULL;

	if (f == NULL)
		return false;
	if (fgets(text, sizeof(text), f) == NULL)
		text[0] = '\0';
	fclose(f);
	text[strcspn(text, "\n")] = '\0';
	return read_line(span_of(text), file, when);
}
