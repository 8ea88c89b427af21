/*
 * One RRD file: the door to librrd. All failures to read or write one are
 * ERR_CREATE with the path, since it can always be made again.
 */
#ifndef RRD_RRDFILE_H
#define RRD_RRDFILE_H

#include "base/err.h"
#include "rrd/rrd_update.h"

/*
 * Make an empty file with the columns of `set` (bit c: column c), over what is
 * there; it will take steps behind `start`.
 */
int rrdfile_create(const char *path, uint32_t set, int64_t start,
		   struct err *e);

/* What a file on the disk is. */
struct rrdfile {
	uint32_t columns; /* 0: not of the layout of rrd/layout.h */
	int64_t last;	  /* UTC, end of its last step */
};

/*
 * Look at the file of a medium. 1, or 0 when there is none, or ERR_CREATE when
 * librrd cannot read it.
 */
int rrdfile_look(const char *path, enum medium m, struct rrdfile *out,
		 struct err *e);

enum { RRDFILE_BATCH = 512 };

/*
 * Append n steps (up to RRDFILE_BATCH) to a file of the columns `set`, each one
 * LAYOUT_STEP behind the one before it and the first behind the file's last:
 * librrd drops all that follow one that is not new.
 */
int rrdfile_append(const char *path, uint32_t set, const struct step *steps,
		   size_t n, struct err *e);

/* The first value in which two files differ. */
struct rrdfile_difference {
	const struct archive *archive;
	int64_t t; /* UTC, the end of its row */
	char column[20];
	double is, other; /* NaN: unknown */
};

/*
 * Do two files hold the same in the steps (from, to], in every archive whose
 * rows lie within? 1, 0 and *where (may be NULL), or a negative code.
 */
int rrdfile_same(const char *path, const char *other, int64_t from, int64_t to,
		 struct rrdfile_difference *where, struct err *e);

/*
 * Have two files of one layout, fed to the same step, gathered the same for the
 * rows that are not full yet? 1, 0 or a negative code.
 */
int rrdfile_gathered_same(const char *path, const char *other, struct err *e);

#endif
