/* Receives a sentence for each thing that was repaired in a database. */
#ifndef STORAGE_DB_REPAIRS_H
#define STORAGE_DB_REPAIRS_H

struct repairs {
	void (*say)(void *ctx, const char *sentence); /* NULL: nobody */
	void *ctx;
};

/* Report a repair, printf style. NULL is fine. */
void __attribute__((format(printf, 2, 3)))
repairs_say(const struct repairs *r, const char *fmt, ...);

#endif
