#include "web/amounts_json.h"

#include "base/jsonout.h"
#include "web/handler_data.h"

void amounts_json_add(struct jsonout *o, enum medium m, uint32_t have,
		      const int64_t amount[SERIES_COUNT])
{
	for (int i = 0; i < SERIES_COUNT; i++)
		if (series[i].medium == m && (have >> i & 1))
			jsonout_decimal(o, series[i].column_big, amount[i]);
}

void amounts_json_add_all(struct jsonout *o, uint32_t have,
			  const int64_t amount[SERIES_COUNT])
{
	for (int i = 0; i < SERIES_COUNT; i++)
		if (have >> i & 1)
			jsonout_decimal(o, series[i].column_big, amount[i]);
}

int amounts_json_local(struct handler_data *w, struct jsonout *o,
		       const char *name, int64_t t, struct err *e)
{
	char text[LOCAL_TIME_TEXT];
	int rc = query_local_time(w->query, t, text, e);

	if (rc == 0)
		jsonout_text(o, name, span_of(text));
	return rc;
}
