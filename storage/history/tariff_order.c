#include "storage/history/tariff_order.h"

#include "storage/db/stmt.h"

/* The header of meters of Fluvius and the other Belgian operators. */
static bool is_belgian(struct span header)
{
	return span_starts(header, SPAN("/FLU5"));
}

int tariff_order_find(sqlite3 *db, enum tariff_order *out, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT (SELECT header FROM identity WHERE meter ="
			   " (SELECT meter FROM installation WHERE channel = 0"
			   " AND medium = 'electricity'"
			   " ORDER BY first_ts DESC LIMIT 1)"
			   " ORDER BY ts DESC LIMIT 1)",
			   e);

	*out = TARIFF_LOW_NORMAL;
	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0 && is_belgian(stmt_text(&s, 0)))
		*out = TARIFF_DAY_NIGHT;
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}
