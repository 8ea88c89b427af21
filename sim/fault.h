/*
 * Faults between a meter and its reader: flipped bits, lost bytes, noise.
 * Derived from the seed, without affecting the household.
 */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

struct faults;

struct faults *faults_new(void);    /* NULL if out of memory */
void faults_free(struct faults *f); /* NULL is fine */

/* Set the seed before the first telegram; the default is 0. */
void faults_seed(struct faults *f, uint64_t seed);

/*
 * Add "KIND=P" with the probability P from 0 to 1. ERR_USAGE says what is
 * wrong.
 */
int faults_add(struct faults *f, const char *text, struct err *e);

/* Are all faults added applicable to encrypted telegrams? */
bool faults_fit_frames(const struct faults *f);

/* The bytes sent in place of one telegram. */
struct wire {
	const char *bytes; /* borrowed until the next call */
	size_t n;
	const char *status; /* "ok", or the kind of fault */
	int accept; /* readings expected from a reader; -1: unpredictable */
};

/*
 * Apply at most one fault to a telegram (plain or encrypted) of n bytes. `crc`:
 * it ends with a CRC; faults that need one leave others unchanged.
 */
void faults_apply(struct faults *f, const char *telegram, size_t n, bool crc,
		  struct wire *out);

/* Noise derived from the seed, as on a line without a meter. */
void faults_noise(struct faults *f, char *out, size_t n);

/* Print the kinds and their effects for --help. */
void faults_print(FILE *out);

#endif
