/* What was seen of a P1 line and around it, and what may be wrong with it. */
#ifndef LOGGER_EVIDENCE_H
#define LOGGER_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "logger/bytes.h"
#include "logger/damage.h"
#include "logger/holder.h"
#include "telegram/foreign.h"
#include "telegram/framer.h"

enum finding {
	FINDING_NO_PORT,   /* no cable, and no port was named */
	FINDING_ABSENT,	   /* the named port is not there */
	FINDING_FORBIDDEN, /* not in group dialout */
	FINDING_HELD_BY_MODEM_MANAGER,
	FINDING_HELD,	   /* another program has it open */
	FINDING_UNUSABLE,  /* it cannot be opened for another reason */
	FINDING_PUSH,	   /* DLMS/HDLC in place of P1 */
	FINDING_SEALED,	   /* encrypted as no key alone opens */
	FINDING_ENCRYPTED, /* and no key, or a wrong one */
	FINDING_INVERTED,
	FINDING_ODD_SPEED,   /* telegrams, at a speed that no P1 port has */
	FINDING_OTHER_SPEED, /* bytes as from a slower sender */
	FINDING_NOISE,	     /* bytes, and nothing tells what they are */
	FINDING_NO_REQUEST,  /* silent, and RTS is down */
	FINDING_SILENT,
	FINDING_FLIPPED, /* CRC errors, by their kind */
	FINDING_LOST,
	FINDING_CUT,
	FINDING_DAMAGED,
	FINDING_NOT_YET,       /* text, and no whole telegram in the time */
	FINDING_MODEM_MANAGER, /* it runs and may probe the port */
	FINDING_COUNT
};

enum lines { LINES_UNKNOWN, LINES_RTS_DOWN, LINES_RTS_UP };

struct evidence {
	const char *port; /* its name; "": none was named and none found */
	bool network;	  /* tcp:// */
	int64_t waited_s; /* how long was listened */
	/* Opening it: */
	int refused;	     /* an err_code; 0: it was opened */
	const char *refusal; /* its sentence */
	const char *holder;  /* "minicom (pid 1234)"; "": nobody known */
	enum lines lines;
	/* Around it: */
	const char *modem_manager; /* its process; "": none runs */
	bool modem_manager_told;   /* udev tells it to leave the port alone */
	/* What came: */
	struct bytes_seen bytes;  /* at all speeds */
	struct bytes_seen best;	  /* at the speed that had the most text */
	struct bytes_seen turned; /* at the one most like a turned line */
	struct bytes_seen runs;	  /* at the highest speed */
	enum byte_kind kind;	  /* of all of them */
	int64_t telegrams;
	int64_t refusals[REFUSAL_COUNT];
	bool odd_speed;	   /* they came at none of `speeds` */
	const char *speed; /* its name */
	struct damage damage;
};

#endif
