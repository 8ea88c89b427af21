/*
 * Examine one port: store all bytes, count them by speed, and try every speed.
 * Its owner polls it. For --discover; the service uses logger/port/listen.h.
 */
#ifndef LOGGER_DIAGNOSE_PROBE_H
#define LOGGER_DIAGNOSE_PROBE_H

#include "base/clock.h"
#include "base/pollable.h"
#include "logger/diagnose/evidence.h"
#include "logger/diagnose/recording.h"
#include "logger/port/find_ports.h"
#include "logger/port/source.h"
#include "telegram/reader.h"

struct probe;

/*
 * Open the port `name` (as in source_open); `how` applies to its telegrams.
 * Returns NULL if out of memory; other problems become evidence.
 */
struct probe *probe_new(const char *name, const struct reader_options *how,
			const struct clock *clock);
void probe_free(struct probe *p); /* NULL is fine */

/* For pollable_wait. */
struct pollable probe_pollable(struct probe *p);

/* Have two complete telegrams arrived? */
bool probe_has_all(const struct probe *p);

/* Is there nothing more to learn: refused, ended, or diagnosed? */
bool probe_is_over(const struct probe *p);

const char *probe_name(const struct probe *p); /* as it was opened */

/* Is it an open port with a speed? */
bool probe_has_speed(const struct probe *p);

/* The input so far; borrowed. */
const struct recording *probe_recording(const struct probe *p);

/* Evidence for select_findings, without the environment; borrowed. */
void probe_evidence(const struct probe *p, struct evidence *ev);

#endif
