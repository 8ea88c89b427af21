#include "logger/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "logger/file_access.h"
#include "telegram/aesgcm.h"

enum { DIGITS = 2 * CIPHER_KEY, TEXT = DIGITS + 64 };

static int check_readers(int fd, struct err *e)
{
	char who[FILE_ACCESS_TEXT];
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_errno(e, ERR_IO, "checking it");
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_CONFIG, "it is not a file");
	if (file_access_more(fd, who))
		return err_set(e, ERR_CONFIG,
			       "%s can read it too: restrict it to its user "
			       "and root (chown, chmod 600)",
			       who);
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int read_key(int fd, uint8_t key[static CIPHER_KEY], struct err *e)
{
	char text[TEXT];
	ssize_t n = read(fd, text, sizeof(text));
	bool is;

	if (n < 0)
		return err_errno(e, ERR_IO, "reading it");
	while (n > 0 && is_blank(text[n - 1]))
		n--;
	is = cipher_key_parse((struct span){ text, (size_t)n }, key);
	explicit_bzero(text, sizeof(text));
	if (!is)
		return err_set(e, ERR_CONFIG,
			       "it does not contain exactly %d hexadecimal "
			       "digits",
			       DIGITS);
	return 0;
}

/* Load the file that a key of [meter] names. */
static int load(const char *name, const char *path,
		uint8_t key[static CIPHER_KEY], struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int rc;

	if (fd < 0)
		return err_errno(e,
				 errno == EACCES ? ERR_PERMISSION : ERR_CONFIG,
				 "[meter] %s %s", name, path);
	rc = check_readers(fd, e);
	if (rc == 0)
		rc = read_key(fd, key, e);
	close(fd);
	return rc < 0 ? err_while(e, "[meter] %s %s", name, path) : 0;
}

int keyfile_load(const char *path, const char *auth_path,
		 struct cipher_keys *keys, struct err *e)
{
	*keys = (struct cipher_keys){ .has_auth = auth_path[0] != '\0' };
	if (path[0] == '\0' && keys->has_auth)
		return err_set(e, ERR_CONFIG,
			       "[meter] auth_key_file needs a key_file");
	if (path[0] == '\0')
		return 0;
	if (!aesgcm_load())
		return err_set(e, ERR_CONFIG,
			       "[meter] key_file needs OpenSSL, which is not "
			       "installed, or which this p1logger was built "
			       "without");
	if (load("key_file", path, keys->key, e) < 0)
		return e->code;
	if (keys->has_auth &&
	    load("auth_key_file", auth_path, keys->auth, e) < 0)
		return e->code;
	return 1;
}
