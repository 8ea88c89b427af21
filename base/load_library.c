#include "base/load_library.h"

#include <dlfcn.h>
#include <string.h>

bool load_library(const char *file, const char *const *names, size_t n,
		  void *functions)
{
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	bool found = library != NULL;
	char *to = functions;

	for (size_t i = 0; found && i < n; i++) {
		void *function = dlsym(library, names[i]);

		memcpy(to + i * sizeof(function), &function, sizeof(function));
		found = function != NULL;
	}
	return found;
}
