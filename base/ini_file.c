#include "base/ini_file.h"

#include <errno.h>
#include <iniparser/iniparser.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ini_syntax.h"
#include "base/ini_unknown_key.h"
#include "base/ini_value.h"
#include "base/print.h"
#include "base/printable.h"

void ini_file_preset(const struct ini_key *keys, size_t n, void *into)
{
	struct err e;

	for (size_t i = 0; i < n; i++)
		ini_value_set(&keys[i], keys[i].preset, into, &e);
}

static const struct ini_key *find(const struct ini_key *keys, size_t n,
				  const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i].type != INI_PAIRS && strcmp(keys[i].key, key) == 0)
			return &keys[i];
	return NULL;
}

static bool known_section(const struct ini_key *keys, size_t n,
			  const char *section)
{
	size_t length = strlen(section);

	for (size_t i = 0; i < n; i++)
		if (strncmp(keys[i].key, section, length) == 0 &&
		    keys[i].key[length] == ':')
			return true;
	return false;
}

/* The INI_PAIRS row of this key's section. */
static const struct ini_key *find_pairs(const struct ini_key *keys, size_t n,
					const char *key)
{
	const char *colon = strchr(key, ':');
	size_t length = colon ? (size_t)(colon - key) + 1 : 0;

	for (size_t i = 0; colon && i < n; i++)
		if (keys[i].type == INI_PAIRS &&
		    strncmp(keys[i].key, key, length) == 0)
			return &keys[i];
	return NULL;
}

static int take_entry(const struct ini_key *keys, size_t n, const char *path,
		      const char *key, const char *value, void *into,
		      struct err *e)
{
	const struct ini_key *k = find(keys, n, key);
	const struct ini_key *pairs = k ? NULL : find_pairs(keys, n, key);
	char text[INI_KEY_TEXT];

	if (!is_printable(span_of(key)) ||
	    !is_printable(span_of(value != NULL ? value : "")))
		return err_set(
			e, ERR_CONFIG,
			"%s: %s: this key or its value has bytes that are not "
			"printable text (UTF-8); write it again",
			path, ini_key_text(text, key));
	if (value != NULL && (k != NULL || pairs != NULL)) {
		if ((k != NULL ? ini_value_set(k, value, into, e)
			       : ini_value_add(pairs, strchr(key, ':') + 1,
					       value, into, e)) < 0)
			return err_while(e, "%s: %s", path,
					 ini_key_text(text, key));
		return 0;
	}
	if (k == NULL && strchr(key, ':') == NULL &&
	    known_section(keys, n, key))
		return 0;
	if (key[0] == ':')
		return err_set(e, ERR_CONFIG,
			       "%s: the key '%s' is outside any "
			       "[section]",
			       path, key + 1);
	return ini_unknown_key(keys, n, path, key, e);
}

/* Keep iniparser from printing to stderr. */
static int silent(const char *fmt, ...)
{
	(void)fmt;
	return 0;
}

static int check_readable(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(e, ERR_CONFIG,
			       "%s is a folder, not a settings file", path);
	if (access(path, R_OK) == 0)
		return 0;
	return err_errno(e,
			 errno == ENOENT || errno == ENOTDIR ? ERR_ABSENT
			 : errno == EACCES		     ? ERR_PERMISSION
							     : ERR_CONFIG,
			 "reading %s", path);
}

static int not_ini(const char *path, struct err *e)
{
	if (ini_syntax_has_byte_order_mark(path))
		return err_set(e, ERR_CONFIG,
			       "%s starts with a byte order mark: save it as "
			       "UTF-8 without BOM",
			       path);
	return err_set(e, ERR_CONFIG,
		       "%s: line %d is neither [section] nor key = value", path,
		       ini_syntax_bad_line(path));
}

int ini_file_load(const struct ini_key *keys, size_t n, const char *path,
		  void *into, struct err *e)
{
	dictionary *d;
	int rc = 0;

	if (check_readable(path, e) < 0)
		return e->code;
	iniparser_set_error_callback(silent);
	d = iniparser_load(path);
	iniparser_set_error_callback(NULL);
	if (d == NULL)
		return not_ini(path, e);
	for (size_t i = 0; i < (size_t)d->size && rc == 0; i++)
		if (d->key[i] != NULL)
			rc = take_entry(keys, n, path, d->key[i], d->val[i],
					into, e);
	iniparser_freedict(d);
	return rc == 0 ? ini_syntax_check(path, e) : rc;
}

static void print_help(FILE *out, const char *help)
{
	while (*help) {
		size_t n = strcspn(help, "\n");

		print_line(out, "# %.*s", (int)n, help);
		help += n + (help[n] == '\n');
	}
}

/* `lead` is printed before a value that is the default. */
static void print_key(FILE *out, const struct ini_key *k, const void *from,
		      const char *lead)
{
	print_help(out, k->help);
	if (k->type == INI_PAIRS) {
		ini_value_print_pairs(out, k, from, lead);
		return;
	}
	print_piece(out, "%s%s = ", ini_value_is_preset(k, from) ? lead : "",
		    strchr(k->key, ':') + 1);
	ini_value_print(out, k, from);
	putc('\n', out);
}

/* Print "[meter]" for "meter:port", with an empty line between sections. */
static void print_section(FILE *out, const char *key, bool further)
{
	if (further)
		putc('\n', out);
	print_line(out, "[%.*s]", (int)strcspn(key, ":"), key);
}

void ini_file_print(FILE *out, const struct ini_key *keys, size_t n,
		    const void *from, int shipped)
{
	size_t section = 0;

	for (size_t i = 0; i < n; i++) {
		const char *key = keys[i].key, *name = strchr(key, ':') + 1;

		if (i == 0 ||
		    strncmp(keys[i - 1].key, key, (size_t)(name - key)) != 0)
			print_section(out, key, section++ > 0);
		print_key(out, &keys[i], from, shipped ? "#" : "");
	}
}

static bool is_empty(const struct ini_key *k, const void *from)
{
	return (k->type == INI_TEXT || k->type == INI_DECIMAL) &&
	       *((const char *)from + k->offset) == '\0';
}

static void print_change(FILE *out, const struct ini_key *k, const void *from)
{
	int section = (int)strcspn(k->key, ":");

	if (ini_value_is_preset(k, from))
		return;
	print_piece(out, "[%.*s] %s = ", section, k->key, k->key + section + 1);
	if (is_empty(k, from))
		print_piece(out, "empty");
	else
		ini_value_print(out, k, from);
	print_line(out, "    (default: %s)",
		   *k->preset != '\0' ? k->preset : "empty");
}

/* Print the pairs if they came from the file. */
static void print_changed_pairs(FILE *out, const struct ini_key *k,
				const void *from)
{
	const void *field = (const char *)from + k->offset;
	const struct ini_pairs *pairs = field;

	for (size_t i = 0; pairs->given && i < pairs->n; i++)
		print_line(out, "[%.*s] %s = %ld", (int)strcspn(k->key, ":"),
			   k->key, pairs->pair[i].key, pairs->pair[i].value);
}

void ini_file_print_changes(FILE *out, const struct ini_key *keys, size_t n,
			    const void *from)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i].type == INI_PAIRS)
			print_changed_pairs(out, &keys[i], from);
		else
			print_change(out, &keys[i], from);
}

static bool is_changed(const struct ini_key *k, const void *from)
{
	const void *field = (const char *)from + k->offset;
	const struct ini_pairs *pairs = field;

	return k->type == INI_PAIRS ? pairs->given
				    : !ini_value_is_preset(k, from);
}

bool ini_file_is_changed(const struct ini_key *keys, size_t n, const void *from,
			 const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(keys[i].key, key) == 0)
			return is_changed(&keys[i], from);
	return false;
}

/* The user's name for a changed key. */
static const char *changed_name(const struct ini_key *k, const void *from)
{
	const void *field = (const char *)from + k->offset;
	const struct ini_pairs *pairs = field;

	return k->type == INI_PAIRS ? pairs->pair[0].key
				    : strchr(k->key, ':') + 1;
}

static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (; *list != '\0'; list += strspn(list, " ")) {
		if (strncmp(list, word, n) == 0 && strcspn(list, " ") == n)
			return true;
		list += strcspn(list, " ");
	}
	return false;
}

const char *ini_file_idle(const struct ini_key *keys, size_t n,
			  const void *from, const char *section,
			  const char *switches)
{
	size_t length = strlen(section);
	const char *idle = NULL;

	for (size_t i = 0; i < n; i++) {
		if (strncmp(keys[i].key, section, length) != 0 ||
		    keys[i].key[length] != ':' || !is_changed(&keys[i], from))
			continue;
		if (has_word(switches, keys[i].key + length + 1))
			return NULL;
		if (idle == NULL)
			idle = changed_name(&keys[i], from);
	}
	return idle;
}
