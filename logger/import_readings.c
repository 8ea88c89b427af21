#include "logger/import_readings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "logger/ingest.h"
#include "logger/readings_csv.h"

enum { LINE_MOST = 4096 };

/* What to do with each reading of a file. Returns 0 or a negative code. */
struct visitor {
	int (*reading)(void *ctx, struct reading *r, struct err *e);
	void *ctx;
	const int *channels; /* of the media that are known; NULL: none */
};

static struct span line_of(const char *text, size_t n)
{
	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
		n--;
	return (struct span){ text, n };
}

static int read_line(struct readings_csv *c, const struct visitor *v,
		     bool first, struct span line, struct err *e)
{
	struct reading r;

	if (line.n > LINE_MOST)
		return err_set(e, ERR_FORMAT, "it is too long for a reading");
	if (first && readings_csv_header(c, line, e) < 0)
		return e->code;
	if (first && v->channels != NULL)
		readings_csv_channels(c, v->channels);
	if (first || line.n == 0)
		return 0;
	if (readings_csv_line(c, line, &r, e) < 0)
		return e->code;
	return v->reading == NULL ? 0 : v->reading(v->ctx, &r, e);
}

static int read_all(FILE *f, const char *name, const struct visitor *v,
		    struct err *e)
{
	struct readings_csv c = { 0 };
	char *text = NULL;
	size_t room = 0;
	ssize_t n;
	long at = 0;
	int rc = 0;

	if (fseek(f, 0, SEEK_SET) != 0)
		return err_errno(e, ERR_IO, "reading %s again", name);
	while (rc == 0 && (n = getline(&text, &room, f)) > 0) {
		const struct span line = line_of(text, (size_t)n);

		rc = read_line(&c, v, at++ == 0, line, e);
		if (rc == ERR_FORMAT)
			err_while(e, "%s, line %ld", name, at);
	}
	free(text);
	if (rc == 0 && ferror(f))
		return err_errno(e, ERR_IO, "reading %s", name);
	if (rc == 0 && at < 2)
		return err_set(e, ERR_FORMAT, "%s: it contains no readings",
			       name);
	return rc;
}

/* Standard input is read twice, too. */
static FILE *copy(FILE *from, struct err *e)
{
	char bytes[65536];
	FILE *to = tmpfile();
	size_t n = 1;

	while (to != NULL && n > 0) {
		n = fread(bytes, 1, sizeof(bytes), from);
		if (fwrite(bytes, 1, n, to) != n) {
			fclose(to);
			to = NULL;
		}
	}
	if (to == NULL)
		err_errno(e, ERR_IO, "copying standard input");
	return to;
}

static enum err_code code_of(int number)
{
	return number == ENOENT	  ? ERR_ABSENT
	       : number == EACCES ? ERR_PERMISSION
				  : ERR_IO;
}

static FILE *open_checked(const char *name, struct err *e)
{
	const struct visitor check = { 0 };
	FILE *f = strcmp(name, "-") == 0 ? copy(stdin, e) : fopen(name, "r");

	if (f == NULL) {
		if (strcmp(name, "-") != 0)
			err_errno(e, code_of(errno), "opening %s", name);
		return NULL;
	}
	if (read_all(f, name, &check, e) == 0)
		return f;
	fclose(f);
	return NULL;
}

struct taker {
	struct import *im;
	struct ingest ingest;
};

static int commit(struct import *im, struct err *e)
{
	int rows = store_commit(im->store, e);

	if (rows > 0)
		im->rows += rows;
	return rows < 0 ? rows : 0;
}

static int take(void *ctx, struct reading *r, struct err *e)
{
	struct taker *t = ctx;
	const struct journal *j = t->im->store->journal;

	t->im->telegrams++;
	if (ingest_reading(&t->ingest, r, e) < 0)
		return e->code;
	return journal_urgent(j) || journal_full(j) ? commit(t->im, e) : 0;
}

static int import_one(struct import *im, FILE *f, const char *name,
		      struct err *e)
{
	struct taker t = { .im = im, .ingest = { .store = im->store } };
	int channels[MEDIUM_COUNT] = { 0 };
	const struct visitor v = { take, &t, channels };
	int64_t electricity;
	int rc = im->store->journal == NULL
			 ? err_set(e, ERR_ABSENT,
				   "%s: there is no database to import it into",
				   name)
			 : journal_channels(im->store->journal, channels, e);

	if (rc == 0)
		rc = read_all(f, name, &v, e);
	if (rc == 0)
		rc = commit(im, e);
	ingest_close(&t.ingest);
	if (im->store->journal != NULL)
		im->held = journal_held(im->store->journal, &electricity);
	return rc;
}

enum { FILES_MOST = 64 };

static int open_all(FILE *files[FILES_MOST], char **names, struct err *e)
{
	int n = 0;

	while (names[n] != NULL) {
		if (n == FILES_MOST)
			return err_set(e, ERR_USAGE,
				       "at most %d files can be imported at "
				       "once",
				       FILES_MOST);
		files[n] = open_checked(names[n], e);
		if (files[n++] == NULL)
			return e->code;
	}
	return 0;
}

int import_readings(struct import *im, const struct store_options *o,
		    int64_t wait_s, char **names, struct err *e)
{
	FILE *files[FILES_MOST] = { NULL };
	int rc = open_all(files, names, e);

	if (rc == 0) {
		rc = store_open_alone(im->store, o, wait_s, e);
		for (int i = 0; rc >= 0 && names[i] != NULL; i++)
			rc = import_one(im, files[i], names[i], e);
		store_close(im->store);
	}
	for (int i = 0; i < FILES_MOST; i++)
		if (files[i] != NULL)
			fclose(files[i]);
	return rc < 0 ? rc : 0;
}
