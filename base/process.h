/*
 * What a process is born with and cannot choose: descriptors, signals, limits.
 * Set right in one place, so that no program of ours ends or writes to the
 * wrong file because of the program that started it.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <signal.h>

/*
 * For every program, before it opens a file: descriptors 0, 1 and 2 are taken
 * (one that was closed fails as before, and no file of ours gets its number),
 * and a write beyond the limit for a file's size (RLIMIT_FSIZE) fails with
 * EFBIG, as on a full disk, instead of ending the process.
 */
void process_begin(void);

/*
 * For a program that runs on: signals that others may send by mistake, or that
 * tell of a reader that has gone, do nothing. Those that end a program (TERM,
 * INT, QUIT) and HUP are left to it.
 */
void process_serve(void);

/* The signals that the two above ignore: a child gets their default back. */
void process_ignored(sigset_t *set);

#endif
