/* Evidence from a P1 line and its environment, and possible findings. */
#ifndef LOGGER_DIAGNOSE_EVIDENCE_H
#define LOGGER_DIAGNOSE_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "logger/diagnose/damage.h"
#include "logger/port/byte_kinds.h"
#include "logger/port/holder.h"
#include "telegram/framer.h"
#include "telegram/identify_protocol.h"

enum finding {
	FINDING_NO_PORT,       /* no cable, and no port was given */
	FINDING_ABSENT_SERVER, /* no connection to the given address */
	FINDING_ABSENT,	       /* the given port is missing */
	FINDING_FORBIDDEN,     /* not in group dialout */
	FINDING_HELD_BY_MODEM_MANAGER,
	FINDING_HELD,		 /* another program has it open */
	FINDING_UNUSABLE_SERVER, /* the connection failed later */
	FINDING_UNUSABLE,	 /* opening failed for another reason */
	FINDING_MBUS,		 /* wired M-Bus instead of P1 */
	FINDING_PUSH,		 /* DLMS/HDLC instead of P1 */
	FINDING_SEALED,	   /* encrypted in a way that a key alone cannot open */
	FINDING_ENCRYPTED, /* no key, or a wrong one */
	FINDING_INVERTED,
	FINDING_ODD_SPEED,   /* telegrams at a speed that no P1 port has */
	FINDING_OTHER_SPEED, /* bytes from a slower sender */
	FINDING_NOISE,	     /* unidentified bytes */
	FINDING_NO_REQUEST,  /* silent, and RTS is low */
	FINDING_SILENT_SERVER,
	FINDING_SILENT,
	FINDING_LINE_ENDS, /* CRC errors, by kind */
	FINDING_OTHER_CRC,
	FINDING_FLIPPED,
	FINDING_LOST,
	FINDING_CUT,
	FINDING_DAMAGED,
	FINDING_NOT_YET,       /* text, but no complete telegram in time */
	FINDING_MODEM_MANAGER, /* running, and may probe the port */
	FINDING_COUNT
};

enum lines { LINES_UNKNOWN, LINES_RTS_DOWN, LINES_RTS_UP };

struct evidence {
	const char *port; /* "" if none was given and none found */
	bool network;	  /* tcp:// */
	int64_t waited_s; /* time spent listening */
	/* Opening: */
	int refused;	     /* an err_code; 0: opened */
	const char *refusal; /* its message */
	const char *holder;  /* "minicom (pid 1234)"; "": unknown */
	enum lines lines;
	/* Environment: */
	const char *modem_manager; /* its process; "": not running */
	bool modem_manager_told;   /* udev tells it to ignore the port */
	/* Input: */
	struct byte_kinds bytes;  /* at all speeds */
	struct byte_kinds best;	  /* at the speed with the most text */
	struct byte_kinds turned; /* at the speed most like an inverted line */
	struct byte_kinds runs;	  /* at the highest speed */
	enum protocol kind;	  /* what all bytes look like */
	int64_t telegrams;
	int64_t refusals[REFUSAL_COUNT];
	bool odd_speed;	   /* at none of `speeds` */
	const char *speed; /* its name */
	struct damage damage;
};

#endif
