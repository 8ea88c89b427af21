/*
 * What can go wrong between a meter and its reader: bits that flip, bytes that
 * are lost, noise. Chance is that of the seed, and does not touch the house.
 */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

struct faults;

struct faults *faults_new(void);    /* NULL: out of memory */
void faults_free(struct faults *f); /* NULL is fine */

/* Whose chance it is, from the first telegram on; else of seed 0. */
void faults_seed(struct faults *f, uint64_t seed);

/* Add "KIND=P", P from 0 to 1: how often. ERR_USAGE names what is wrong. */
int faults_add(struct faults *f, const char *text, struct err *e);

/* Do all that were added fit encrypted telegrams too? */
bool faults_fit_frames(const struct faults *f);

/* What goes over the line in place of one telegram. */
struct wire {
	const char *bytes; /* borrowed until the next call */
	size_t n;
	const char *status; /* "ok", or the kind of fault */
	int accept; /* readings that a reader owes; -1: nobody can know */
};

/*
 * The n bytes of a telegram, or of an encrypted one, whole or with at most one fault. `crc`: the
 * telegram ends in one; faults that need it leave others as they are.
 */
void faults_apply(struct faults *f, const char *telegram, size_t n, bool crc,
		  struct wire *out);

/* Noise of the seed, as a line without a meter may pick up. */
void faults_noise(struct faults *f, char *out, size_t n);

/* The kinds and what they do, as lines of --help. */
void faults_print(FILE *out);

#endif
