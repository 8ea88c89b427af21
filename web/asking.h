/* What p1web asks p1logger for over the service's socket: logger/requests.h. */
#ifndef WEB_ASKING_H
#define WEB_ASKING_H

#include "web/later.h"

extern const struct later_kind asking_backup, asking_check;

#endif
