/*
 * One RRD file: the interface to librrd. Every failure to read or write is
 * ERR_CREATE with the path, since the file can be rebuilt.
 */
#ifndef RRD_RRDFILE_H
#define RRD_RRDFILE_H

#include "base/err.h"
#include "rrd/steps.h"

/*
 * Create an empty file with the columns of `set` (bit c: column c), replacing
 * any other; it accepts steps after `start`.
 */
int rrdfile_create(const char *path, uint32_t set, int64_t start,
		   struct err *e);

/* Description of a file on disk. */
struct rrdfile {
	uint32_t columns; /* 0: not our columns and archives */
	int64_t last;	  /* end of its last step, UTC */
};

/*
 * Inspect the file of a medium. Returns 1, 0 if there is none, or ERR_CREATE if
 * librrd cannot read it.
 */
int rrdfile_look(const char *path, enum medium m, struct rrdfile *out,
		 struct err *e);

enum { RRDFILE_BATCH = 512 };

/*
 * Append n steps (up to RRDFILE_BATCH) to a file with the columns `set`, each
 * ARCHIVES_STEP after the one before and the first after the file's last:
 * librrd drops every step after one that is not newer.
 */
int rrdfile_append(const char *path, uint32_t set, const struct step *steps,
		   size_t n, struct err *e);

/* The first value that differs between two files. */
struct rrdfile_difference {
	const struct archive *archive;
	int64_t t; /* end of its row, UTC */
	char column[20];
	double is, other; /* NaN: unknown */
};

/*
 * Do two files agree for the steps (from, to] in every archive whose rows lie
 * within? If not, *where (may be NULL) says where. Returns 0 or a negative
 * code.
 */
int rrdfile_same(const char *path, const char *other, int64_t from, int64_t to,
		 bool *same, struct rrdfile_difference *where, struct err *e);

/*
 * Do two files of one layout, filled to the same step, have the same state for
 * rows that are not complete yet? Returns 0 or a negative code.
 */
int rrdfile_gathered_same(const char *path, const char *other, bool *same,
			  struct err *e);

#endif
