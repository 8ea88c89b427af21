#include "web/routes.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/jsonout.h"
#include "web/backup_request.h"
#include "web/comparison_json.h"
#include "web/costs_json.h"
#include "web/gaps_json.h"
#include "web/handler_data.h"
#include "web/handlers.h"
#include "web/health_json.h"
#include "web/held_json.h"
#include "web/html.h"
#include "web/job_queue.h"
#include "web/make_answer.h"
#include "web/metrics.h"
#include "web/page_json.h"
#include "web/peaks_json.h"
#include "web/picture_job.h"
#include "web/plain_page.h"
#include "web/prices_json.h"
#include "web/query_job.h"
#include "web/query_params.h"
#include "web/readings_json.h"
#include "web/response_body.h"
#include "web/selection_json.h"
#include "web/static_files.h"
#include "web/usual_json.h"
#include "web/words.h"

enum { RETRY_S = 5 };

static const char json[] = "application/json", csv[] = "text/csv";
static const char html[] = "text/html; charset=utf-8";
static const char manifest[] = "/manifest.webmanifest";

static const struct route {
	const char *path;
	int (*handle)(struct handler_data *w, const struct request *r,
		      FILE *out, struct err *e);
	const char *type;
	const struct job_kind *kind; /* kind of query */
	bool forms;		     /* accepts format=csv */
} routes[] = {
	{ "/health", handle_health, json, &query_job_quick, false },
	{ "/metrics", handle_metrics,
	  "text/plain; version=0.0.4; charset=utf-8", &query_job_quick, false },
	{ "/api/v1/current", handle_current, json, &query_job_quick, false },
	{ "/api/v1/today", handle_today, json, &query_job_quick, false },
	{ "/api/v1/history", handle_history, json, &query_job_slow, true },
	{ "/api/v1/costs", handle_costs, json, &query_job_slow, false },
	{ "/api/v1/comparison", handle_comparison, json, &query_job_slow,
	  false },
	{ "/api/v1/gaps", handle_gaps, json, &query_job_slow, false },
	{ "/api/v1/power", handle_power, json, &query_job_slow, true },
	{ "/api/v1/events", handle_events, json, &query_job_quick, false },
	{ "/api/v1/meters", handle_meters, json, &query_job_quick, true },
	{ "/api/v1/prices", handle_prices, json, &query_job_quick, false },
	{ "/api/v1/usual", handle_usual, json, &query_job_slow, false },
	{ "/api/v1/readings", handle_readings, json, &query_job_quick, false },
	{ "/api/v1/standby", handle_standby, json, &query_job_quick, false },
	{ "/api/v1/peaks", handle_peaks, json, &query_job_slow, false },
	{ "/api/v1/selection", handle_selection, json, &query_job_quick,
	  false },
	{ "/api/v1/page", handle_page, json, &query_job_slow, false },
	{ "/api/v1/held", handle_held, json, &query_job_quick, false },
	{ "/plain", handle_plain, html, &query_job_quick, false },
	{ "/api/current", handle_smer_current, json, &query_job_quick, false },
	{ "/api/history", handle_smer_history, json, &query_job_slow, false },
	{ "/api/historical", handle_smer_history, json, &query_job_slow,
	  false },
	{ "/smart-meter", handle_smart_meter, json, &query_job_quick, false },
};

/* Requests to p1logger, and how its response is presented. */
static const struct action {
	const char *path;
	const struct job_kind *kind;
	const char *request;
	const char *key, *name; /* names of a number: p1logger's, and SMER's */
} actions[] = {
	{ "/api/store-history", &backup_request_backup, "backup\n", "bytes",
	  "count" },
	{ "/api/load-history", &backup_request_check, "verify\n", "rows",
	  "Loaded" },
};

/*
 * A database that cannot be used now may be usable later: the journal's error
 * codes become 503.
 */
static int status_of(int code)
{
	static const int statuses[] = {
		[-ERR_NONE] = 200,	 [-ERR_FAILED] = 500,
		[-ERR_USAGE] = 400,	 [-ERR_FORMAT] = 500,
		[-ERR_ABSENT] = 503,	 [-ERR_CREATE] = 503,
		[-ERR_IO] = 503,	 [-ERR_BUSY] = 503,
		[-ERR_PERMISSION] = 503, [-ERR_CONFIG] = 503,
		[-ERR_DAMAGED] = 503,
	};

	return code <= 0 && (size_t)-code < COUNT(statuses) ? statuses[-code]
							    : 500;
}

/* The name in RFC 9110, as used by "SMER". */
static const char *name_of(int status)
{
	static const struct {
		int status;
		const char *name;
	} names[] = {
		{ 400, "Bad Request" },	       { 401, "Unauthorized" },
		{ 403, "Forbidden" },	       { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 429, "Too Many Requests" },
		{ 426, "Upgrade Required" },   { 503, "Service Unavailable" },
	};

	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].status == status)
			return names[i].name;
	return "Internal Server Error";
}

int routes_refuse(int status, const char *sentence, struct answer *a,
		  struct err *e)
{
	enum { SIZE = 4096 };
	char *body = malloc(SIZE);
	struct jsonout o = jsonout(body, SIZE);

	*a = (struct answer){ .status = status, .type = json, .body = body };
	if (body == NULL)
		return err_memory(e);
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "error", span_of(sentence));
	jsonout_whole(&o, "code", status);
	jsonout_text(&o, "name", span_of(name_of(status)));
	jsonout_close(&o, '}');
	a->n = jsonout_end(&o);
	return 0;
}

static const struct route *find(const char *path)
{
	for (size_t i = 0; i < COUNT(routes); i++)
		if (strcmp(routes[i].path, path) == 0)
			return &routes[i];
	return NULL;
}

static const char *type_of(const struct route *at, const struct request *r)
{
	enum query_form form = QUERY_JSON;
	struct err ignored;

	if (at->forms)
		query_params_form(r, &form, &ignored);
	return form == QUERY_CSV ? csv : at->type;
}

static const struct action *action_of(const char *path)
{
	for (size_t i = 0; i < COUNT(actions); i++)
		if (strcmp(actions[i].path, path) == 0)
			return &actions[i];
	return NULL;
}

const char *routes_path(size_t i)
{
	if (i < COUNT(routes))
		return routes[i].path;
	i -= COUNT(routes);
	return i < COUNT(actions) ? actions[i].path : NULL;
}

bool routes_acts(const char *path)
{
	return action_of(path) != NULL;
}

bool routes_open(const char *path)
{
	static const char *const open[] = { "/login", "/style.css", "/icon.svg",
					    "/icon.png", manifest };

	for (size_t i = 0; i < COUNT(open); i++)
		if (strcmp(path, open[i]) == 0)
			return true;
	return false;
}

/* The page and its files. */
static int fixed(const char *path, bool gzip, struct answer *a, struct err *e)
{
	struct response_body *b = static_files_take(path, gzip, e);

	if (b == NULL)
		return e->code;
	*a = (struct answer){ .status = 200,
			      .type = static_files_type(path),
			      .etag = b->etag,
			      .gzip = b->gzip,
			      .shared = b };
	return 0;
}

static void write_manifest(FILE *out, const struct words *w, struct span text)
{
	(void)text;
	html_manifest(out, w);
}

int routes_unknown_host(const struct words *w, struct span name,
			struct answer *a, struct err *e)
{
	return make_answer_write(html, 403, html_host, w, name, a, e);
}

/* Present p1logger's response in the form of "SMER". */
static int message(const struct action *act, const struct job *job,
		   struct answer *a, struct err *e)
{
	struct span line = { job->body->bytes, job->body->n };
	FILE *out;
	int rc;

	*a = (struct answer){ .status = 200, .type = json };
	out = open_memstream(&a->body, &a->n);
	if (out == NULL)
		return err_memory(e);
	rc = backup_request_write(line, act->key, act->name, out, e);
	if (fclose(out) != 0)
		rc = err_memory(e);
	if (rc == 0)
		return 0;
	free(a->body);
	return routes_refuse(500, e->text, a, e);
}

int routes_job(const struct job *job, struct answer *a, struct err *e)
{
	const struct response_body *b = job->body;
	char text[480];
	int rc;

	for (size_t i = 0; i < COUNT(actions); i++)
		if (job->status == 200 && actions[i].kind == job->kind)
			return message(&actions[i], job, a, e);
	if (b != NULL && job->type != NULL) {
		*a = (struct answer){ .status = job->status,
				      .type = job->type,
				      .etag = b->etag,
				      .gzip = b->gzip,
				      .shared = response_body_hold(job->body),
				      .retry_s = job->retry_s };
		return 0;
	}
	snprintf(text, sizeof(text), "%.*s", b ? (int)b->n : 9,
		 b ? b->bytes : "it failed");
	rc = routes_refuse(job->status, text, a, e);
	a->retry_s = job->retry_s;
	return rc;
}

/* Refuse a request for now. */
static int put_off(int status, const char *why, long retry_s, struct answer *a,
		   struct err *e)
{
	int rc = routes_refuse(status, why, a, e);

	a->retry_s = retry_s;
	return rc;
}

/* Return a document that is ready, or the job that will produce it. */
static int made(struct handler_data *w, const struct job_kind *kind,
		const char *key, uint64_t who, struct answer *a, struct err *e)
{
	struct job *job = job_find(w->jobs, kind, key);
	long wait_s = client_budget_wait_s(&w->jobs->budget, who,
					   clock_monotonic_ms(w->clock));

	if (job == NULL && kind->reads && wait_s > 0)
		return put_off(429,
			       "your requests have used their share of this "
			       "minute: see [web] work",
			       wait_s, a, e);
	if (job == NULL)
		job = job_want(w->jobs, kind, key, who);
	if (job == NULL)
		return put_off(503, "too many requests are waiting", RETRY_S, a,
			       e);
	if (job->state == JOB_DONE)
		return routes_job(job, a, e);
	*a = (struct answer){ .job = job };
	return 0;
}

static int drawn(struct handler_data *w, const struct request *r,
		 struct answer *a, struct err *e)
{
	char key[JOB_KEY];

	if (picture_job_key(r, key, e) < 0)
		return routes_refuse(400, e->text, a, e);
	return made(w, &picture_job_kind, key, r->who, a, e);
}

int routes_login(int status, struct answer *a, struct err *e)
{
	int rc = fixed("/login", false, a, e);

	a->status = status;
	a->etag = 0;
	return rc;
}

/* Is the handler's output the response even after an error? */
static bool has_own_errors(const struct route *at)
{
	return at->handle == handle_health || at->handle == handle_plain;
}

/* Run the handler in this thread. */
static int handled(struct handler_data *w, const struct route *at,
		   const struct request *r, struct answer *a, struct err *e)
{
	FILE *out;
	bool large, busy;
	int rc;

	*a = (struct answer){ 0 };
	out = open_memstream(&a->body, &a->n);
	if (out == NULL)
		return err_memory(e);
	rc = at->handle(w, r, out, e);
	if (fclose(out) != 0)
		rc = err_memory(e);
	a->status = status_of(rc);
	a->type = type_of(at, r);
	large = w->query != NULL && query_was_too_large(w->query);
	busy = rc == ERR_BUSY && !large;
	if (rc < 0 && !large && a->status != 400)
		handler_data_close(
			w); /* the next request reopens the database */
	if (rc == 0 || (has_own_errors(at) && a->n > 0))
		return 0;
	free(a->body);
	rc = routes_refuse(a->status, e->text, a, e);
	a->large = large;
	a->retry_s = busy ? RETRY_S : 0;
	return rc;
}

int routes_question(struct handler_data *w, const char *key, struct answer *a,
		    struct err *e)
{
	const struct route *at;
	struct query_job q;
	int rc;

	query_job_read(&q, key);
	at = find(q.request.path);
	rc = at != NULL ? handled(w, at, &q.request, a, e)
			: routes_refuse(404, "no such page", a, e);
	return rc < 0 || a->type == NULL
		       ? rc
		       : make_answer_small(a, q.request.gzip, e);
}

/* The health check is always answered, regardless of the budget. */
static int asked_for(struct handler_data *w, const struct route *at,
		     const struct request *r, struct answer *a, struct err *e)
{
	bool health = at->handle == handle_health;
	char key[JOB_KEY];

	if (health && handler_data_is_fed(w))
		return handled(w, at, r, a, e);
	if (query_job_key(r, key, e) < 0)
		return routes_refuse(400, e->text, a, e);
	return made(w, at->kind, key, health ? 0 : r->who, a, e);
}

int routes_answer(struct handler_data *w, const struct request *r,
		  struct answer *a, struct err *e)
{
	const struct route *at = find(r->path);
	const struct action *act = action_of(r->path);

	if (act != NULL)
		return made(w, act->kind, act->request, r->who, a, e);
	if (at != NULL)
		return asked_for(w, at, r, a, e);
	if (picture_job_is(r->path))
		return drawn(w, r, a, e);
	if (static_files_type(r->path) != NULL)
		return fixed(r->path, r->gzip, a, e);
	if (strcmp(r->path, manifest) == 0)
		return make_answer_write("application/manifest+json", 200,
					 write_manifest, r->words, SPAN(""), a,
					 e);
	if (strcmp(r->path, "/live") == 0)
		return routes_refuse(426, "this path is for WebSockets", a, e);
	return routes_refuse(404, "no such page", a, e);
}
