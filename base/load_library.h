/*
 * Load a library when its functions are needed, not with the program: linked
 * with OpenSSL and libmosquitto, a program takes four times as long to start.
 */
#ifndef BASE_LOAD_LIBRARY_H
#define BASE_LOAD_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Load `file`, such as "libz.so.1", and find n functions by their names.
 * `functions` is a struct of as many function pointers, in the same order.
 * Returns false if the library or a function is missing: do not use any of
 * them. The library stays loaded.
 */
bool load_library(const char *file, const char *const *names, size_t n,
		  void *functions);

#endif
