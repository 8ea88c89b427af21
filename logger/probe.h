/*
 * One port, listened to with all ears: every byte is kept and counted by the
 * speed it came at, every speed is tried. Its owner polls it. For --discover;
 * the service listens by logger/listen.h.
 */
#ifndef LOGGER_PROBE_H
#define LOGGER_PROBE_H

#include <poll.h>

#include "base/clock.h"
#include "logger/evidence.h"
#include "logger/find.h"
#include "logger/source.h"
#include "telegram/reader.h"

enum { PROBE_TELEGRAMS = 64 };

struct probe;

/* Open the port `name`; its telegrams are read as `how` says. NULL: out of
 * memory; what else is wrong is evidence. */
struct probe *probe_new(const char *name, const struct reader_options *how,
			const struct clock *clock);
void probe_free(struct probe *p); /* NULL is fine */

struct pollfd probe_poll(const struct probe *p);
int64_t probe_due(const struct probe *p); /* monotonic ms */
void probe_turn(struct probe *p, short revents);

/* Two whole telegrams came. */
bool probe_has_all(const struct probe *p);

/* No more is to be learnt: refused, ended, or what is wrong is plain. */
bool probe_is_over(const struct probe *p);

const char *probe_name(const struct probe *p);
bool probe_has_speed(const struct probe *p);

/* Seconds between two telegrams; 0: there were no two. */
int64_t probe_interval(const struct probe *p);

/* How many telegrams came, and the text of those that are kept (the last one
 * is), oldest first; i < probe_kept. Borrowed. */
int64_t probe_telegrams(const struct probe *p);
size_t probe_kept(const struct probe *p);
struct span probe_text(const struct probe *p, size_t i);

/* All bytes since the speed was set last; of none when it was never found. */
struct span probe_bytes(const struct probe *p);

/* What was seen, for doctor_findings, save what stands around; borrowed. */
void probe_evidence(const struct probe *p, struct evidence *ev);

#endif
