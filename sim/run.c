#include "sim/run.h"

#include "sim/dlms_push.h"
#include "sim/render.h"

enum { NOISE = 100, NOISE_MS = 100 };

static int make_noise(const struct run_parts *p, int64_t ms, struct err *e)
{
	char noise[NOISE];
	int rc = 1;

	for (int64_t t = 0; rc > 0 && (ms < 0 || t < ms); t += NOISE_MS) {
		faults_noise(p->faults, noise, sizeof(noise));
		rc = player_send(p->player, t / 1000, noise, sizeof(noise), e);
		if (rc > 0)
			rc = player_rest(p->player, NOISE_MS);
	}
	return rc;
}

static int play_telegrams(struct script *s, const struct run_parts *p,
			  struct err *e)
{
	const struct dialect *d = s->meter.dialect;
	char telegram[TELEGRAM_SIZE], frame[TELEGRAM_SIZE + ENCRYPT_MORE];
	struct display shown = { 0 };
	struct lie lie;
	struct wire wire;
	int64_t utc;
	int rc = 1;

	while (rc > 0 && script_next(s, p->meter, &utc)) {
		size_t n;

		meter_show(p->meter, &shown);
		n = render(d, lies_tell(p->lies, d, &shown, &lie), telegram);
		if (p->encrypt != NULL)
			n = encrypt_telegram(p->encrypt, telegram, n, frame);
		if (n == 0)
			return err_set(
				e, ERR_FAILED,
				"this p1sim was built without encryption");
		faults_apply(p->faults, p->encrypt != NULL ? frame : telegram,
			     n, d->crc, &wire);
		if (p->truth != NULL &&
		    truth_add(p->truth, &shown, &lie, &wire, e) < 0)
			return e->code;
		rc = player_send(p->player, utc, wire.bytes, wire.n, e);
	}
	return rc;
}

static int play_push(struct script *s, const struct run_parts *p, struct err *e)
{
	uint8_t frame[DLMS_PUSH_SIZE];
	struct display shown = { 0 };
	struct wire wire;
	int64_t utc;
	int rc = 1;

	while (rc > 0 && script_next(s, p->meter, &utc)) {
		meter_show(p->meter, &shown);
		faults_apply(p->faults, (const char *)frame,
			     dlms_push_frame(&shown, frame), false, &wire);
		rc = player_send(p->player, utc, wire.bytes, wire.n, e);
	}
	return rc;
}

int run_script(struct script *s, const struct run_parts *p, enum run_kind what,
	       struct err *e)
{
	int64_t ms = s->duration < 0 ? -1 : s->duration * 1000;

	if (what == RUN_SILENCE)
		return player_rest(p->player, ms);
	if (what == RUN_NOISE)
		return make_noise(p, ms, e);
	if (what == RUN_PUSH)
		return play_push(s, p, e);
	return play_telegrams(s, p, e);
}
