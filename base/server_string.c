#include "base/server_string.h"

#include <string.h>
#include <strings.h>

#include "base/span.h"
#include "base/utc.h"

/* user:password@ before the first slash. */
static bool has_user_password(const char *uri)
{
	const size_t authority = strcspn(uri, "/?");
	const char *at = memchr(uri, '@', authority);

	return at != NULL && memchr(uri, ':', (size_t)(at - uri)) != NULL;
}

bool server_string_has_password(const char *text)
{
	const char *uri = strstr(text, "://");

	if (uri != NULL && has_user_password(uri + 3))
		return true;
	for (const char *at = text; *at != '\0'; at++)
		if (strncasecmp(at, "password", 8) == 0 &&
		    at[8 + strspn(at + 8, " \t")] == '=')
			return true;
	return false;
}

static bool is_local(struct span host)
{
	static const char *const names[] = { "", "localhost", "::1",
					     "ip6-localhost" };

	if (span_starts(host, SPAN("/")) || span_starts(host, SPAN("@")) ||
	    span_starts(host, SPAN("127.")))
		return true;
	for (size_t i = 0; i < COUNT(names); i++)
		if (span_eq(host, span_of(names[i])))
			return true;
	return false;
}

bool server_string_is_local(const char *hosts)
{
	struct span rest = span_of(hosts);

	do
		if (!is_local(span_trim(span_take(&rest, ','))))
			return false;
	while (rest.n > 0);
	return true;
}

int server_string_check(const char *server, long interval, struct err *e)
{
	if (server_string_has_password(server))
		return err_set(e, ERR_CONFIG,
			       "[fleet] server contains a password, which "
			       "others could read: write it to a file and set "
			       "password_file");
	if (interval < 60 || HOUR_S % interval != 0)
		return err_set(e, ERR_CONFIG,
			       "[fleet] interval must divide an hour: 60, 300, "
			       "900 or 3600, for example, not %ld",
			       interval);
	return 0;
}
