#include "fleet/connection.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/server_string.h"
#include "base/span.h"

enum { SECRET = 1024, PARAMETERS = 24 };

/* Debian's file of certificates, for a server with a public one. */
#define PUBLIC_CA "/etc/ssl/certs/ca-certificates.crt"

int connection_error(struct err *e, int code, const char *sentence)
{
	char line[sizeof(e->text)];
	size_t n = 0;

	for (; *sentence != '\0' && n + 2 < sizeof(line); sentence++) {
		if (strchr("\n\t", *sentence) == NULL)
			line[n++] = *sentence;
		else if (isgraph((unsigned char)sentence[1])) {
			if (*sentence == '\n')
				line[n++] = ';';
			line[n++] = ' ';
		}
	}
	line[n] = '\0';
	return err_set(e, code, "%s", line);
}

/* The parameters of a connection: later ones override earlier ones. */
struct parameters {
	const char *name[PARAMETERS + 1], *value[PARAMETERS + 1];
	int n;
};

static void add(struct parameters *p, const char *name, const char *value)
{
	if (*value == '\0' || p->n == PARAMETERS)
		return;
	p->name[p->n] = name;
	p->value[p->n++] = value;
}

/* The string's value of a keyword, else that of a variable; "" if neither. */
static const char *given(const PQconninfoOption *list, const char *keyword,
			 const char *variable)
{
	const char *value = NULL;

	for (; list->keyword != NULL; list++)
		if (strcmp(list->keyword, keyword) == 0)
			value = list->val;
	if (value == NULL && variable != NULL)
		value = getenv(variable);
	return value != NULL ? value : "";
}

/* A tunnel may have an end here: then the name of the host counts. */
static bool is_local(const PQconninfoOption *list)
{
	return *given(list, "service", "PGSERVICE") == '\0' &&
	       server_string_is_local(given(list, "host", "PGHOST")) &&
	       server_string_is_local(given(list, "hostaddr", "PGHOSTADDR"));
}

/* What applies unless the string says otherwise. */
static void add_defaults(struct parameters *p, const PQconninfoOption *list)
{
	const char *sslmode = given(list, "sslmode", "PGSSLMODE");

	add(p, "application_name", "p1pg");
	add(p, "connect_timeout", "20");
	add(p, "tcp_user_timeout", "60000");
	add(p, "keepalives_idle", "30");
	add(p, "keepalives_interval", "10");
	add(p, "keepalives_count", "3");
	if (*sslmode == '\0' && !is_local(list))
		add(p, "sslmode", sslmode = "verify-full");
	/* With a CA, sslmode=require would verify too. */
	if (strncmp(sslmode, "verify", 6) == 0 && access(PUBLIC_CA, R_OK) == 0)
		add(p, "sslrootcert", PUBLIC_CA);
}

static void add_settings(struct parameters *p, const struct server_options *o,
			 const char *password)
{
	add(p, "dbname", o->string);
	add(p, "user", o->home);
	add(p, "password", password);
	add(p, "sslrootcert", o->ca_file);
	add(p, "sslcert", o->cert_file);
	add(p, "sslkey", o->key_file);
}

/* Read the first line of a file that others cannot read. */
static int read_password(const char *path, char out[static SECRET],
			 struct err *e)
{
	struct stat st;
	FILE *f;

	out[0] = '\0';
	if (*path == '\0')
		return 0;
	f = fopen(path, "re");
	if (f == NULL)
		return err_errno(e,
				 errno == EACCES ? ERR_PERMISSION : ERR_CONFIG,
				 "[fleet] password_file %s", path);
	if (fgets(out, SECRET, f) != NULL)
		out[strcspn(out, "\r\n")] = '\0';
	if (fstat(fileno(f), &st) == 0 && (st.st_mode & S_IROTH))
		err_set(e, ERR_CONFIG,
			"[fleet] password_file %s: everybody can read it; "
			"restrict it with chmod 640",
			path);
	else if (*out == '\0')
		err_set(e, ERR_CONFIG,
			"[fleet] password_file %s: its first line is empty",
			path);
	else
		e->code = 0;
	fclose(f);
	return e->code;
}

/* Connect with the string's options `list`, read from it already. */
static PGconn *begin(const struct server_options *o,
		     const PQconninfoOption *list, const char *password,
		     struct err *e)
{
	struct parameters p = { 0 };
	PGconn *c;

	add_defaults(&p, list);
	add_settings(&p, o, password);
	c = PQconnectdbParams(p.name, p.value, 1);
	if (c == NULL) {
		err_memory(e);
	} else if (PQstatus(c) != CONNECTION_OK) {
		connection_error(e, ERR_ABSENT, PQerrorMessage(c));
		PQfinish(c);
		c = NULL;
	}
	return c;
}

PGconn *connection_open(const struct server_options *o, struct err *e)
{
	char password[SECRET];
	char *wrong = NULL;
	PQconninfoOption *list = PQconninfoParse(o->string, &wrong);
	PGconn *c = NULL;

	if (list == NULL) {
		connection_error(e, ERR_CONFIG,
				 wrong != NULL ? wrong : "no memory");
		err_while(e, "[fleet] server");
	} else if (read_password(o->password_file, password, e) == 0) {
		c = begin(o, list, password, e);
	}
	explicit_bzero(password, sizeof(password));
	PQconninfoFree(list);
	PQfreemem(wrong);
	return c;
}
