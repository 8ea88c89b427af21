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
#include "logger/recording.h"
#include "logger/source.h"
#include "telegram/reader.h"

struct probe;

/*
 * Open the port `name` (as source_open); its telegrams are read as `how` says.
 * NULL: out of memory; what else is wrong is evidence.
 */
struct probe *probe_new(const char *name, const struct reader_options *how,
			const struct clock *clock);
void probe_free(struct probe *p); /* NULL is fine */

/*
 * For its owner's poll(): what to wait for (fd -1: nothing) and until when
 * (monotonic ms, INT64_MAX: for ever); and then the turn, with what poll said
 * or 0 when the time was over.
 */
struct pollfd probe_poll(const struct probe *p);
int64_t probe_due(const struct probe *p);
void probe_turn(struct probe *p, short revents);

/* Two whole telegrams came. */
bool probe_has_all(const struct probe *p);

/* No more is to be learnt: refused, ended, or what is wrong is plain. */
bool probe_is_over(const struct probe *p);

const char *probe_name(const struct probe *p); /* as it was opened */

/* Is it a port that has a speed, and open? */
bool probe_has_speed(const struct probe *p);

/* What was heard so far; borrowed. */
const struct recording *probe_recording(const struct probe *p);

/* What was seen, for doctor_findings, save what stands around; borrowed. */
void probe_evidence(const struct probe *p, struct evidence *ev);

#endif
