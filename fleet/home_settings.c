#include "fleet/home_settings.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <string.h>

#include "base/print.h"
#include "base/server_string.h"
#include "fleet/connection.h"

/* libpq reads a value in quotes, with \ before quotes and backslashes. */
static void print_value(const char *value, FILE *out)
{
	const bool plain = *value != '\0' && strpbrk(value, " '\\") == NULL;
	size_t n;

	print_piece(out, "%s", plain ? "" : "'");
	for (; *value != '\0'; value += n) {
		n = strcspn(value, "'\\");
		print_piece(out, "%.*s", (int)n, value);
		if (value[n] != '\0')
			print_piece(out, "\\%c", value[n++]);
	}
	print_piece(out, "%s", plain ? "" : "'");
}

static bool is_printed(const PQconninfoOption *o)
{
	return o->val != NULL && strcmp(o->keyword, "user") != 0;
}

static bool is_here(const PQconninfoOption *o)
{
	return strncmp(o->keyword, "host", 4) == 0 && o->val != NULL &&
	       server_string_is_local(o->val);
}

/* Print the string's options without the user. */
static void print_server(const PQconninfoOption *list, FILE *out)
{
	bool here = false;

	print_piece(out, "server =");
	for (; list->keyword != NULL; list++) {
		here = here || is_here(list);
		if (is_printed(list)) {
			print_piece(out, " %s=", list->keyword);
			print_value(list->val, out);
		}
	}
	print_line(out, "%s", "");
	if (here)
		print_line(out,
			   "# Replace the host by the name or address of this "
			   "machine that the home can reach.");
}

int home_settings_print(const char *string, const char *role,
			const char *password, FILE *out, struct err *e)
{
	char *wrong = NULL;
	PQconninfoOption *list = PQconninfoParse(string, &wrong);

	if (list == NULL) {
		connection_error(e, wrong != NULL ? ERR_CONFIG : ERR_FAILED,
				 wrong != NULL ? wrong : "no memory");
		PQfreemem(wrong);
		return e->code;
	}
	print_line(out, "# Add this to the home's /etc/p1logger.ini:");
	print_line(out, "[fleet]");
	print_server(list, out);
	print_line(out, "home = %s", role);
	print_line(out, "password_file = /etc/p1logger-fleet.password");
	print_line(out,
		   "# That file's only line is the password, which is shown "
		   "only now:");
	print_line(out, "# %s", password);
	PQconninfoFree(list);
	return 0;
}
