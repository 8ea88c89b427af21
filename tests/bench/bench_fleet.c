/*
 * bench_fleet HOW CONNECTIONS HOMES TRANSACTIONS ROWS RATE CONNINFO: play homes
 * that send five-minute rows to PostgreSQL, in time order: every home's first
 * transaction, then every home's second one. HOW:
 *
 *	store    fleet.store(), as each home's role
 *	connect  the same, in a connection of its own each time
 *	copy     a COPY of the same rows into readings, and nothing else; homes
 *	         need the right to INSERT, and no policy
 *	copies   a COPY into each of readings, counter_from and counter_to
 *	bulk     one COPY of all rows of readings
 *
 * RATE is transactions a second, evenly spaced, or 0: as fast as possible. The
 * homes are 1 to HOMES, with the roles fleet_home_1 and so on; their last row
 * is a recent one. Prints: transactions, rows of readings, rows of all tables,
 * seconds, and the time of a transaction in microseconds: mean, median, 99th
 * percentile, and the server's CPU time. With a RATE it is counted from the time
 * when it was due.
 */
#include <inttypes.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STEP = 300, HOUR = 3600, DAY = 86400, ROOM = 1 << 20 };

struct payload { /* lines of a transaction */
	char *text;
	size_t n;
};

struct worker {
	pthread_t thread;
	PGconn *c;
	struct payload readings, from, to;
	long rows, all_rows;
};

static const char *how, *conninfo;
static long homes, transactions, rows;
static double rate, began;
static double *took; /* of each job */
static atomic_long next_job;
static int64_t first_ts;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void die(const char *what, const char *why)
{
	fprintf(stderr, "bench_fleet: %s: %s\n", what, why);
	exit(70);
}

static PGconn *connect_as(const char *role)
{
	const char *const keys[] = { "dbname", "user", NULL };
	const char *const values[] = { conninfo, role, NULL };
	PGconn *c = PQconnectdbParams(keys, values, 1);

	if (PQstatus(c) != CONNECTION_OK)
		die("connect", PQerrorMessage(c));
	return c;
}

static void expect(PGconn *c, PGresult *r, ExecStatusType wanted)
{
	if (PQresultStatus(r) != wanted)
		die(how, PQerrorMessage(c));
	PQclear(r);
}

static void run(PGconn *c, const char *sql)
{
	expect(c, PQexec(c, sql), PGRES_COMMAND_OK);
}

__attribute__((format(printf, 2, 3))) static void add(struct payload *p,
						      const char *format, ...)
{
	va_list args;

	va_start(args, format);
	p->n += (size_t)vsnprintf(p->text + p->n, ROOM - p->n, format, args);
	va_end(args);
}

/* Add home and ts, or only ts, and the counters at ts. */
static void add_counters(struct payload *p, long home, bool named, int64_t ts)
{
	int64_t x = (ts - first_ts) * (home % 7 + 1) / 10 + home * 1000;

	if (named)
		add(p, "%ld,", home);
	add(p,
	    "%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",,,%" PRId64
	    ",%" PRId64 ",%" PRId64 ",,,,,%" PRId64 ",,,,",
	    ts, 10000000 + x, 6000000 + x / 2, 4000000 + x - x / 2,
	    3000000 + x / 3, 2000000 + x / 3, (int64_t)1000000, x / 20);
}

static void add_boundary(struct payload *p, long home, bool named, int64_t ts,
			 int64_t value_ts)
{
	struct payload line = { p->text + p->n, 0 };
	size_t skip;

	/* the counters of another time under this one */
	add_counters(p, home, named, value_ts);
	skip = strcspn(line.text, ",") + 1;
	if (named)
		skip += strcspn(line.text + skip, ",") + 1;
	char rest[512];
	snprintf(rest, sizeof(rest), "%s", line.text + skip);
	p->n = (size_t)(line.text - p->text);
	if (named)
		add(p, "%ld,", home);
	add(p, "%" PRId64 ",%s,0,300,,,,\n", ts, rest);
}

/* What a home has to send after `job` of its periods. Returns the newest ts. */
static int64_t compose(struct worker *w, long home, long period, bool named)
{
	int64_t start = first_ts + period * rows * STEP;
	int64_t last = start + (rows - 1) * STEP;
	int64_t day = (last / DAY + 1) * DAY;
	int64_t open[] = { last / HOUR * HOUR + HOUR, day, day + 20 * DAY,
			   day + 200 * DAY };

	w->readings.n = w->from.n = w->to.n = 0;
	for (int64_t ts = start; ts <= last; ts += STEP) {
		add_counters(&w->readings, home, named, ts);
		add(&w->readings, ",350,0,0\n");
		w->rows++;
		w->all_rows++;
		if (ts % HOUR != 0)
			continue;
		add_boundary(&w->from, home, named, ts, ts);
		add_boundary(&w->to, home, named, ts, ts);
		w->all_rows += 2;
	}
	for (int i = 0; i < 4; i++)
		if (i == 0 || open[i] != open[i - 1]) {
			add_boundary(&w->to, home, named, open[i], last);
			w->all_rows++;
		}
	return last;
}

static void store(PGconn *c, struct worker *w, long period, int64_t last)
{
	char numbers[6][24];
	int64_t before = period - 1;
	const char *const values[] = {
		"bench",
		period == 0 ? NULL : numbers[0],
		period == 0 ? NULL : numbers[0],
		numbers[1],
		numbers[1],
		numbers[2],
		"4102444800",
		w->readings.text,
		w->from.text,
		w->to.text,
		numbers[3],
	};

	snprintf(numbers[0], sizeof(*numbers), "%" PRId64, before);
	snprintf(numbers[1], sizeof(*numbers), "%ld", period);
	snprintf(numbers[2], sizeof(*numbers), "%" PRId64,
		 last - (rows - 1) * STEP);
	snprintf(numbers[3], sizeof(*numbers), "%" PRId64, last);
	expect(c,
	       PQexecParams(
		       c,
		       "SELECT fleet.store($1, $2, $3, $4, $5, $6, $7, $8, $9, "
		       "$10, last_ts => $11)",
		       11, NULL, values, NULL, NULL, 0),
	       PGRES_TUPLES_OK);
}

static void copy(PGconn *c, const char *table, const struct payload *p)
{
	char sql[100];

	snprintf(sql, sizeof(sql), "COPY fleet.%s FROM STDIN (FORMAT csv)",
		 table);
	expect(c, PQexec(c, sql), PGRES_COPY_IN);
	if (PQputCopyData(c, p->text, (int)p->n) != 1 ||
	    PQputCopyEnd(c, NULL) != 1)
		die("copy", PQerrorMessage(c));
	expect(c, PQgetResult(c), PGRES_COMMAND_OK);
	if (PQgetResult(c) != NULL)
		die("copy", "more than one result");
}

/* Become a home, which is not counted: in life, each connects as itself. */
static void become(PGconn *c, long home)
{
	char sql[100];

	snprintf(sql, sizeof(sql), "SET SESSION AUTHORIZATION fleet_home_%ld",
		 home);
	run(c, sql);
}

static double do_store(struct worker *w, long home, long period)
{
	int64_t last = compose(w, home, period, false);
	double start;

	become(w->c, home);
	start = now();
	store(w->c, w, period, last);
	return start;
}

static double do_connect(struct worker *w, long home, long period)
{
	char role[40];
	int64_t last = compose(w, home, period, false);
	double start = now();
	PGconn *c;

	snprintf(role, sizeof(role), "fleet_home_%ld", home);
	c = connect_as(role);
	store(c, w, period, last);
	PQfinish(c);
	return start;
}

static double do_copy(struct worker *w, long home, long period)
{
	double start;

	compose(w, home, period, true);
	become(w->c, home);
	start = now();
	copy(w->c, "readings", &w->readings);
	return start;
}

/* Without the rows at the ends of periods that are not over, which a COPY
 * cannot replace. */
static double do_copies(struct worker *w, long home, long period)
{
	double start;

	compose(w, home, period, true);
	w->to.n = w->from.n;
	memcpy(w->to.text, w->from.text, w->from.n);
	become(w->c, home);
	start = now();
	run(w->c, "BEGIN");
	copy(w->c, "readings", &w->readings);
	copy(w->c, "counter_from", &w->from);
	copy(w->c, "counter_to", &w->to);
	run(w->c, "COMMIT");
	return start;
}

static double (*play)(struct worker *w, long home, long period);

static void wait_until(double t)
{
	double left = t - now();
	struct timespec pause = { .tv_sec = (time_t)left,
				  .tv_nsec =
					  (long)(1e9 * (left - (long)left)) };

	if (left > 0)
		nanosleep(&pause, NULL);
}

static void *work(void *context)
{
	struct worker *w = context;
	long job;

	while ((job = atomic_fetch_add(&next_job, 1)) < homes * transactions) {
		double due = began + (rate > 0 ? (double)job / rate : 0), start;

		if (rate > 0)
			wait_until(due);
		start = play(w, job % homes + 1, job / homes);
		took[job] = now() - (rate > 0 ? due : start);
	}
	return NULL;
}

static void bulk(struct worker *w)
{
	expect(w->c,
	       PQexec(w->c, "COPY fleet.readings FROM STDIN (FORMAT csv)"),
	       PGRES_COPY_IN);
	for (long job = 0; job < homes * transactions; job++) {
		compose(w, job % homes + 1, job / homes, true);
		if (PQputCopyData(w->c, w->readings.text, (int)w->readings.n) !=
		    1)
			die("copy", PQerrorMessage(w->c));
	}
	if (PQputCopyEnd(w->c, NULL) != 1)
		die("copy", PQerrorMessage(w->c));
	expect(w->c, PQgetResult(w->c), PGRES_COMMAND_OK);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The CPU seconds of the process that serves a connection, if it is here. */
static double cpu_of(PGconn *c)
{
	char path[40], line[1000];
	unsigned long user = 0, kernel = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", PQbackendPID(c));
	f = fopen(path, "r");
	if (f == NULL)
		return 0;
	if (fgets(line, sizeof(line), f) != NULL)
		sscanf(strrchr(line, ')'),
		       ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
		       &user, &kernel);
	fclose(f);
	return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

static void report(const struct worker *w, long n, double seconds)
{
	long jobs = homes * transactions, all = 0, of_readings = 0;
	double sum = 0, cpu = 0;

	for (long i = 0; i < n; i++) {
		of_readings += w[i].rows;
		all += w[i].all_rows;
		cpu += cpu_of(w[i].c);
	}
	for (long i = 0; i < jobs; i++)
		sum += took[i];
	qsort(took, (size_t)jobs, sizeof(*took), by_size);
	printf("%ld %ld %ld %.3f %.0f %.0f %.0f %.0f\n", jobs, of_readings, all,
	       seconds, 1e6 * sum / (double)jobs, 1e6 * took[jobs / 2],
	       1e6 * took[jobs - 1 - jobs / 100], 1e6 * cpu / (double)jobs);
}

static void open_worker(struct worker *w)
{
	w->c = connect_as(NULL);
	w->readings.text = malloc(ROOM);
	w->from.text = malloc(ROOM);
	w->to.text = malloc(ROOM);
	if (w->readings.text == NULL || w->from.text == NULL ||
	    w->to.text == NULL)
		die("memory", "none left");
	w->from.text[0] = w->to.text[0] = '\0';
}

static void play_all(struct worker *w, long n)
{
	for (long i = 0; i < n; i++)
		if (pthread_create(&w[i].thread, NULL, work, &w[i]) != 0)
			die("thread", "cannot be created");
	for (long i = 0; i < n; i++)
		pthread_join(w[i].thread, NULL);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *how;
		double (*play)(struct worker *w, long home, long period);
	} kinds[] = { { "store", do_store },
		      { "connect", do_connect },
		      { "copy", do_copy },
		      { "copies", do_copies },
		      { "bulk", NULL } };
	long n = argc == 8 ? strtol(argv[2], NULL, 10) : 0;
	struct worker *w = calloc((size_t)n + 1, sizeof(*w));

	if (n < 1 || w == NULL)
		die("usage", "see the source");
	how = argv[1];
	homes = strtol(argv[3], NULL, 10);
	transactions = strtol(argv[4], NULL, 10);
	rows = strtol(argv[5], NULL, 10);
	rate = strtod(argv[6], NULL);
	conninfo = argv[7];
	took = calloc((size_t)(homes * transactions), sizeof(*took));
	first_ts = (time(NULL) / DAY - 1) * DAY - transactions * rows * STEP;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].how, how) == 0)
			play = kinds[i].play;
	for (long i = 0; i < n; i++)
		open_worker(&w[i]);
	began = now();
	if (play != NULL)
		play_all(w, n);
	else
		bulk(w);
	report(w, n, now() - began);
	for (long i = 0; i < n; i++)
		PQfinish(w[i].c);
	return 0;
}
