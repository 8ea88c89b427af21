#include "logger/decode.h"

#include "logger/choose_reading_time.h"
#include "logger/loop.h"
#include "telegram/json.h"

/* Print one reading. A file's readings have only their own times. */
static int print(struct timestamper *s, struct reading *r, FILE *out,
		 struct err *e)
{
	char line[JSON_MAX];

	timestamp_reading(s, r);
	if (json_reading(r, line, sizeof(line)) == 0)
		return err_set(e, ERR_FAILED,
			       "a reading is longer than %d "
			       "bytes",
			       JSON_MAX);
	if (fputs(line, out) == EOF || putc('\n', out) == EOF)
		return err_errno(e, ERR_IO, "writing");
	return 0;
}

static int take(struct timestamper *s, struct loop_turn *turn, FILE *out,
		struct decoded *sum, struct err *e)
{
	switch (turn->what) {
	case NEXT_READING:
		sum->telegrams++;
		return print(s, &turn->reading, out, e);
	case NEXT_REFUSED:
		sum->refused.of[turn->why]++;
		return 0;
	default:
		return loop_over(turn, e);
	}
}

int decode_run(const char *name, const struct reader_options *how, FILE *out,
	       const struct clock *clock, struct decoded *sum, struct err *e)
{
	const struct port_state nothing = { 0 };
	struct loop loop = {
		.clock = clock, .signals = -1, .flush = out, .how = *how
	};
	struct loop_turn turn;
	struct timestamper s;
	int rc = loop_listen(&loop, name, &nothing, e);

	timestamp_begin(&s, NULL);
	while (rc == 0 && (rc = loop_next(&loop, INT64_MAX, &turn, e)) == 0)
		rc = take(&s, &turn, out, sum, e);
	loop_close(&loop);
	if ((fflush(out) == EOF || ferror(out)) && rc >= 0)
		return err_errno(e, ERR_IO, "writing");
	return rc < 0 ? rc : 0;
}
