/*
 * Daily files: raw telegrams, JSON lines, CSV. Each reading is appended by one
 * write, so a file is complete at any moment, and a named pipe works too. When
 * a new file is started, older ones are gzipped piece by piece, and the oldest
 * are deleted when the total is too large.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/safe_file.h"
#include "forward/csv.h"
#include "forward/daily_file_names.h"
#include "forward/gzip_step.h"
#include "forward/output.h"
#include "forward/outputs.h"
#include "telegram/json.h"

enum { MEGABYTE = 1000 * 1000 };

enum file_kind { TELEGRAMS, JSON, CSV, KINDS };

static const char *const kind_names[KINDS] = {
	[TELEGRAMS] = "telegrams",
	[JSON] = "json",
	[CSV] = "csv",
};

struct file_series {
	char pattern[DAILY_FILE_PATH - 80]; /* "": not written */
	char path[DAILY_FILE_PATH];	    /* current file; "" if none yet */
	int64_t others;			    /* total size of the older ones */
};

struct files {
	struct output *o;
	struct file_series archive[KINDS];
	struct pace pace[2]; /* for the house's meter, and for others */
	int64_t limit;	     /* bytes per kind; 0 if none */
	bool gzip;
	bool search; /* there may be files to gzip */
	struct gzip_step *step;
	char line[JSON_MAX + 1];
};

static bool wanted(const struct outputs_settings *s)
{
	return s->files.telegrams[0] || s->files.json[0] || s->files.csv[0];
}

static int settings(struct files *f, const struct outputs_settings *s,
		    struct err *e)
{
	const char *const patterns[KINDS] = {
		[TELEGRAMS] = s->files.telegrams,
		[JSON] = s->files.json,
		[CSV] = s->files.csv,
	};

	for (int k = 0; k < KINDS; k++) {
		size_t n = strlen(patterns[k]);

		if (n >= sizeof(f->archive[k].pattern))
			return err_set(e, ERR_CONFIG,
				       "%s: the path is longer "
				       "than %zu bytes",
				       kind_names[k],
				       sizeof(f->archive[k].pattern) - 1);
		if (n > 0 && patterns[k][0] != '/')
			return err_set(e, ERR_CONFIG,
				       "%s: '%s' is not a full "
				       "path that starts with /",
				       kind_names[k], patterns[k]);
		for (int other = 0; n > 0 && other < k; other++)
			if (strcmp(patterns[k], patterns[other]) == 0)
				return err_set(e, ERR_CONFIG,
					       "%s: '%s' is also the name of "
					       "%s: give each its own",
					       kind_names[k], patterns[k],
					       kind_names[other]);
		memcpy(f->archive[k].pattern, patterns[k], n);
	}
	f->pace[0].interval_s = f->pace[1].interval_s = s->files.interval_s;
	f->limit = (int64_t)s->files.limit_mb * MEGABYTE;
	f->gzip = s->files.gzip;
	return 0;
}

static void shut(void *self)
{
	struct files *f = self;

	gzip_step_free(f->step);
	free(f);
}

static void *open_output(struct output *o, const struct outputs_settings *s,
			 struct err *e)
{
	struct files *f = output_alloc(sizeof(*f), e);

	if (f == NULL)
		return NULL;
	f->o = o;
	if (settings(f, s, e) == 0)
		return f;
	shut(f);
	return NULL;
}

/* Delete the oldest files until `size` bytes fit beside the others. */
static void make_room(struct files *f, struct file_series *a, int64_t size)
{
	struct daily_file *list;
	size_t n = daily_file_list(a->pattern, &list);

	a->others = 0;
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].path, a->path) != 0)
			a->others += list[i].size;
	for (size_t i = 0; f->limit > 0 && i < n; i++) {
		if (a->others + size <= f->limit)
			break;
		if (strcmp(list[i].path, a->path) != 0 &&
		    safe_file_remove(list[i].path) == 0)
			a->others -= list[i].size;
	}
	free(list);
}

/* Create the folder if only its last name is missing. */
static void make_folder(const char *path)
{
	char folder[DAILY_FILE_PATH];

	snprintf(folder, sizeof(folder), "%s", path);
	*strrchr(folder, '/') = '\0';
	safe_file_make_folder(folder, 0750);
}

static int open_file(const char *path)
{
	const int flags = O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK;
	int fd = safe_file_open(path, flags, 0640);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	make_folder(path);
	return safe_file_open(path, flags, 0640);
}

/* Write everything, or leave the file unchanged. */
static bool write_whole(int fd, const struct stat *st, struct span bytes)
{
	ssize_t n = write(fd, bytes.p, bytes.n);

	if (n == (ssize_t)bytes.n)
		return true;
	if (n >= 0)
		errno = ENOSPC;
	if (n > 0 && S_ISREG(st->st_mode) && ftruncate(fd, st->st_size) < 0)
		errno = EIO;
	return false;
}

/*
 * The text that a reading adds to a file of this kind; `empty`: at its start.
 */
static struct span line_of(struct files *f, enum file_kind k, bool empty,
			   const struct live *live)
{
	size_t n = 0;

	if (k == TELEGRAMS)
		return live->reading->raw;
	if (k == CSV) {
		if (empty)
			n = csv_header(f->line);
		n += csv_reading(live->reading, f->line + n);
		return (struct span){ f->line, n };
	}
	n = live->json.n;
	memcpy(f->line, live->json.p, n);
	f->line[n] = '\n';
	return (struct span){ f->line, n + 1 };
}

static bool fits(struct files *f, struct file_series *a, int64_t size)
{
	if (f->limit == 0 || a->others + size <= f->limit)
		return true;
	make_room(f, a, size);
	if (a->others + size <= f->limit)
		return true;
	output_trouble(f->o,
		       "%s has reached the limit of %lld MB; the rest of "
		       "it is not written",
		       a->path, (long long)(f->limit / MEGABYTE));
	return false;
}

static void append(struct files *f, enum file_kind k, const struct live *live)
{
	struct file_series *a = &f->archive[k];
	int fd = open_file(a->path);
	struct span line;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0) {
		output_trouble(f->o, "%s: %s", a->path, strerror(errno));
		return;
	}
	line = line_of(f, k, st.st_size == 0, live);
	if (fits(f, a, st.st_size + (int64_t)line.n) &&
	    !write_whole(fd, &st, line))
		output_trouble(f->o, "%s: %s", a->path, strerror(errno));
	close(fd);
}

/* Choose the file for the reading; a new one triggers the clean-up. */
static bool turn_page(struct files *f, struct file_series *a, int64_t utc)
{
	char path[DAILY_FILE_PATH];

	if (!daily_file_name(a->pattern, utc, path))
		return false;
	if (strcmp(path, a->path) == 0)
		return true;
	snprintf(a->path, sizeof(a->path), "%s", path);
	make_room(f, a, 0);
	f->search = f->gzip;
	f->o->due_ms = 0;
	return true;
}

static void reading(void *self, const struct live *live)
{
	struct files *f = self;

	if (!pace_due(&f->pace[live->other], live->utc))
		return;
	for (int k = 0; k < KINDS; k++)
		if ((!live->other || k == TELEGRAMS) &&
		    f->archive[k].pattern[0] != '\0' &&
		    turn_page(f, &f->archive[k], live->utc))
			append(f, (enum file_kind)k, live);
}

/* Find a plain file that is older than the current one and has no .gz. */
static bool find_plain(const struct file_series *a,
		       char path[static DAILY_FILE_PATH])
{
	struct daily_file *list;
	size_t n = daily_file_list(a->pattern, &list);
	char gz[DAILY_FILE_PATH + 8];
	bool found = false;

	while (n > 0 && strcmp(list[n - 1].path, a->path) != 0)
		n--;
	for (size_t i = 0; !found && i + 1 < n; i++) {
		snprintf(gz, sizeof(gz), "%s.gz", list[i].path);
		found = !list[i].gzipped && access(gz, F_OK) != 0;
		if (found)
			memcpy(path, list[i].path, DAILY_FILE_PATH);
	}
	free(list);
	return found;
}

static void begin_next(struct files *f)
{
	char path[DAILY_FILE_PATH];
	struct err e = { 0 };

	for (int k = 0; k < KINDS; k++) {
		if (f->archive[k].pattern[0] == '\0' ||
		    !find_plain(&f->archive[k], path))
			continue;
		f->step = gzip_step_begin(path, &e);
		if (f->step == NULL)
			output_trouble(f->o, "%s", e.text);
		break;
	}
	f->search = f->step != NULL;
}

static int64_t tick(void *self, int64_t now_ms)
{
	struct files *f = self;
	struct err e = { 0 };
	int wait = 0;

	if (f->step == NULL && f->search)
		begin_next(f);
	if (f->step == NULL)
		return INT64_MAX;
	wait = gzip_step_run(f->step, &e);
	if (wait > 0)
		return f->o->once ? now_ms : now_ms + wait;
	gzip_step_free(f->step);
	f->step = NULL;
	if (wait < 0) {
		output_trouble(f->o, "%s", e.text);
		f->search = false;
		return INT64_MAX;
	}
	return now_ms;
}

static bool pending(void *self)
{
	const struct files *f = self;

	return f->step != NULL || f->search;
}

const struct output_ops daily_files_ops = {
	.name = "files",
	.telegrams = true,
	.wanted = wanted,
	.open = open_output,
	.reading = reading,
	.tick = tick,
	.pending = pending,
	.close = shut,
};
