#include "base/origin.h"

#include <stdbool.h>

#include "base/span.h"

/* Characters of host names, IPv4 addresses and bracketed IPv6 addresses. */
static const char of_name[] = "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
static const char of_address[] = "0123456789abcdefABCDEF:.";

/* Skip the host. Returns NULL if it is missing or invalid. */
static const char *behind_host(const char *text)
{
	size_t n;

	if (*text != '[') {
		n = strspn(text, of_name);
		return n > 0 ? text + n : NULL;
	}
	n = strspn(text + 1, of_address);
	return n > 1 && text[n + 1] == ']' ? text + n + 2 : NULL;
}

static bool is_origin(const char *text)
{
	struct span http = SPAN("http://"), https = SPAN("https://");
	size_t digits;

	if (span_starts(span_of(text), http))
		text = behind_host(text + http.n);
	else if (span_starts(span_of(text), https))
		text = behind_host(text + https.n);
	else
		return false;
	if (text == NULL || *text == '\0')
		return text != NULL;
	digits = *text == ':' ? strspn(text + 1, "0123456789") : 0;
	return digits > 0 && digits <= 5 && text[digits + 1] == '\0';
}

int origin_check(const char *origin, const char *key, struct err *e)
{
	return is_origin(origin)
		       ? 0
		       : err_set(e, ERR_CONFIG,
				 "%s = %s: must be the start of an address, "
				 "such as http://homeassistant.local:8123",
				 key, origin);
}
