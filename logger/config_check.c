#include "logger/config_check.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/origin.h"
#include "base/print.h"
#include "base/server_string.h"
#include "base/token_file.h"
#include "forward/endpoint.h"
#include "logger/config_advice.h"
#include "logger/keep_settings.h"
#include "tariffs/price_settings.h"

static int check_token(const struct all_settings *s, const struct log *log,
		       struct err *e)
{
	char token[TOKEN_TEXT];
	int rc = token_file_read(s->web.token_file, token, e);

	explicit_bzero(token, sizeof(token));
	if (rc == ERR_PERMISSION) {
		log_line(log, LOG_LEVEL_WARNING, "%s: not checked", e->text);
		return 0;
	}
	if (rc == 0 && s->web.token_for_reading && *s->web.token_file == '\0')
		return err_set(e, ERR_CONFIG,
			       "[web] token_for_reading needs a token_file");
	return rc;
}

/* The service waits for a port that appears later, so this is not an error. */
static void warn_of_port(const char *port, const struct log *log)
{
	struct stat st;

	if (strchr(port, '/') == NULL || strncmp(port, "tcp://", 6) == 0)
		return;
	if (stat(port, &st) < 0 && errno == ENOENT)
		log_line(log, LOG_LEVEL_WARNING,
			 "[meter] port: %s does not exist; p1logger --discover "
			 "finds the meter's port",
			 port);
}

int config_check_more(const struct all_settings *s, const struct log *log,
		      struct err *e)
{
	struct amounts prices = { 0 };
	struct endpoint at;

	if (endpoint_parse(s->web.listen, &at, e) < 0)
		return err_while(e, "[web] listen");
	if (s->web.frame[0] != '\0' &&
	    origin_check(s->web.frame, "[web] frame", e) < 0)
		return e->code;
	if (server_string_check(s->fleet.server, s->fleet.interval, e) < 0)
		return e->code;
	if (check_token(s, log, e) < 0 ||
	    price_settings_read(&prices, s, e) < 0)
		return e->code;
	warn_of_port(s->port, log);
	config_advice(s, log);
	return 0;
}

void config_check_report(const struct all_settings *s, const char *file,
			 FILE *out)
{
	if (access(file, F_OK) < 0)
		print_line(
			out,
			"%s does not exist: all settings have their default values.",
			file);
	else
		print_line(out, "%s is valid.", file);
	all_settings_print_changes(out, s);
	keep_settings_print(s, out);
}
