/*
 * Repair what a process inherits (descriptors, signals, limits), so that no
 * parent can make our programs die or write to the wrong file.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <signal.h>

/*
 * Call first in every program, before it opens a file. Occupies descriptors 0,
 * 1 and 2 (a closed one still fails, but none of our files gets its number) and
 * makes a write beyond RLIMIT_FSIZE fail with EFBIG, like a full disk, instead
 * of killing the process.
 */
void process_begin(void);

/*
 * For long-running programs: ignore signals sent by mistake or because a reader
 * went away. Signals that end a program (TERM, INT, QUIT) and HUP are left to
 * the program.
 */
void process_serve(void);

/*
 * Return unused heap memory to the system, after work that needed more than what
 * follows. Only with glibc; elsewhere it does nothing.
 */
void process_trim_memory(void);

/*
 * The signals that the two functions above ignore; a child gets their defaults
 * back.
 */
void process_ignored(sigset_t *set);

#endif
