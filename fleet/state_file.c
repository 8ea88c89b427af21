#include "fleet/state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/safe_file.h"

enum { TEXT = 512 };

#define HEAD "p1pg state 1\n"

static void read_text(struct state_file *s, const char *text)
{
	struct state_file is = { 0 };
	int n = 0;

	if (sscanf(text,
		   HEAD "cursor %64s %" SCNd64 " %" SCNd64
			"\nseen %64s %" SCNd64 " %" SCNd64
			"\nfailures %d since %" SCNd64 " next %" SCNd64
			" code %d end%n",
		   is.cursor.journal, &is.cursor.change, &is.cursor.written,
		   is.seen.journal, &is.seen.change, &is.seen.written,
		   &is.failures, &is.lost_ts, &is.next_ts, &is.code,
		   &n) == 10 &&
	    n > 0)
		*s = is;
	if (strcmp(s->cursor.journal, "-") == 0)
		s->cursor.journal[0] = '\0';
	if (strcmp(s->seen.journal, "-") == 0)
		s->seen.journal[0] = '\0';
}

int state_file_open(struct state_file *s, const char *path, struct err *e)
{
	char text[TEXT];
	ssize_t n;
	int fd = safe_file_open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0644);

	*s = (struct state_file){ 0 };
	if (fd < 0)
		return err_errno(e, ERR_CREATE, "%s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		err_set(e, errno == EWOULDBLOCK ? ERR_BUSY : ERR_CREATE,
			"another p1pg is running for this database (%s)", path);
		close(fd);
		return e->code;
	}
	n = read(fd, text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	read_text(s, text);
	return fd;
}

static const char *word(const char *journal)
{
	return journal[0] != '\0' ? journal : "-";
}

/*
 * A single write of less than a page, of the same length each time, is complete
 * or missing.
 */
int state_file_save(const struct state_file *s, int fd, struct err *e)
{
	char text[TEXT];
	int n = snprintf(
		text, sizeof(text),
		HEAD "cursor %s %" PRId64 " %" PRId64 "\nseen %s %" PRId64
		     " %" PRId64 "\nfailures %d since %" PRId64 " next %" PRId64
		     " code %d end\n",
		word(s->cursor.journal), s->cursor.change, s->cursor.written,
		word(s->seen.journal), s->seen.change, s->seen.written,
		s->failures, s->lost_ts, s->next_ts, s->code);

	memset(text + n, '\n', sizeof(text) - (size_t)n);
	if (pwrite(fd, text, sizeof(text), 0) == (ssize_t)sizeof(text))
		return 0;
	return err_errno(e, ERR_CREATE, "writing p1pg's state");
}
