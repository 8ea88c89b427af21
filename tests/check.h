/* Included by every cmocka test, with small helpers that name the case. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h must come after the four above. */
#include <cmocka.h>

/* Fail with the name of the case when two whole numbers differ. */
#define check_int(name, is, want)                                              \
	do {                                                                   \
		long long is_ = (long long)(is), want_ = (long long)(want);    \
		if (is_ != want_)                                              \
			fail_msg("%s: %s is %lld, not %lld", name, #is, is_,   \
				 want_);                                       \
	} while (0)

/* The same for NUL-terminated strings. */
#define check_text(name, is, want)                                             \
	do {                                                                   \
		const char *is_ = (is), *want_ = (want);                       \
		if (strcmp(is_, want_) != 0)                                   \
			fail_msg("%s: '%s', not '%s'", name, is_, want_);      \
	} while (0)

#endif
