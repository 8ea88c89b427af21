/* Receives a sentence for each thing that was repaired in a database. */
#ifndef STORAGE_DB_REPAIR_REPORT_H
#define STORAGE_DB_REPAIR_REPORT_H

struct repair_report {
	void (*say)(void *ctx, const char *sentence); /* NULL: not called */
	void *ctx;
};

/* Report a repair, printf style. NULL is fine. */
void __attribute__((format(printf, 2, 3)))
repair_report_say(const struct repair_report *r, const char *fmt, ...);

#endif
