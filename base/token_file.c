#include "base/token_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bool token_is_usable(struct span token)
{
	for (size_t i = 0; i < token.n; i++)
		if (token.p[i] <= ' ' || token.p[i] > '~' ||
		    strchr("\",;\\", token.p[i]) != NULL)
			return false;
	return token.n >= TOKEN_MIN;
}

int token_file_read(const char *path, char token[static TOKEN_TEXT],
		    struct err *e)
{
	FILE *f;
	struct stat st;
	bool open_to_all;

	token[0] = '\0';
	if (*path == '\0')
		return 0;
	f = fopen(path, "re");
	if (f == NULL)
		return err_errno(e,
				 errno == EACCES ? ERR_PERMISSION : ERR_CONFIG,
				 "[web] token_file %s", path);
	if (fgets(token, TOKEN_TEXT, f) != NULL)
		token[strcspn(token, "\r\n")] = '\0';
	open_to_all = fstat(fileno(f), &st) == 0 && (st.st_mode & S_IROTH);
	fclose(f);
	if (open_to_all)
		return err_set(e, ERR_CONFIG,
			       "[web] token_file %s: everybody can read it; "
			       "restrict it with chmod 640",
			       path);
	if (!token_is_usable(span_of(token)))
		return err_set(e, ERR_CONFIG,
			       "[web] token_file %s: its first line must have "
			       "at least %d characters, and none of them may "
			       "be a blank or one of \",;\\",
			       path, TOKEN_MIN);
	return 0;
}
