#include "fleet/administer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "fleet/home_settings.h"

enum {
	SECRET = 33, /* size of a password of 160 bits, NUL included */
	ROLE = 64,   /* size of the name of a role, NUL included */
};

/* The schema: the texts of these files in this order, followed by a NUL. */
__asm__(".pushsection .rodata\n"
	".globl fleet_schema_sql\n"
	".hidden fleet_schema_sql\n"
	"fleet_schema_sql:\n"
	".incbin \"fleet/schema.sql\"\n"
	".incbin \"fleet/store.sql\"\n"
	".incbin \"fleet/views.sql\"\n"
	".incbin \"fleet/access.sql\"\n"
	".byte 0\n"
	".popsection\n");
extern const char fleet_schema_sql[] __attribute__((visibility("hidden")));

int administer_init(struct server *s, struct err *e)
{
	const struct server_query q = { .sql = fleet_schema_sql };

	return server_ask(s, &q, e);
}

/* 32 of 32 characters that a person can tell apart. */
static int make_password(char out[static SECRET], struct err *e)
{
	static const char letters[] = "abcdefghijkmnpqrstuvwxyz23456789";
	unsigned char random[SECRET - 1];

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return err_errno(e, ERR_FAILED, "making a password");
	for (size_t i = 0; i < sizeof(random); i++)
		out[i] = letters[random[i] % (sizeof(letters) - 1)];
	out[SECRET - 1] = '\0';
	return 0;
}

/* The second column is the role. */
static int read_role(void *ctx, const char *const *cells, int n, struct err *e)
{
	char *role = ctx;

	(void)e;
	if (n == 2)
		snprintf(role, ROLE, "%s", cells[1]);
	return 0;
}

int administer_add_home(struct server *s, const char *name, const char *string,
			FILE *out, struct err *e)
{
	char password[SECRET], role[ROLE] = "";
	char *hidden = NULL;
	int rc = make_password(password, e);

	if (rc == 0)
		hidden = server_hide_password(s, name, password, e);
	if (hidden != NULL) {
		const struct server_query q = {
			.sql = "SELECT * FROM fleet.add_home($1, $2)",
			.parameters = { name, hidden },
			.n = 2,
			.row = read_role,
			.ctx = role,
		};

		rc = server_ask(s, &q, e);
		if (rc == 0)
			rc = home_settings_print(string, role, password, out,
						 e);
	}
	free(hidden);
	explicit_bzero(password, sizeof(password));
	return hidden == NULL ? e->code : rc;
}

int administer_remove_home(struct server *s, const char *name, struct err *e)
{
	const struct server_query q = {
		.sql = "SELECT fleet.remove_home($1)",
		.parameters = { name },
		.n = 1,
	};

	return server_ask(s, &q, e);
}
