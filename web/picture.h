/* Pictures as p1graph draws them when they are asked for. */
#ifndef WEB_PICTURE_H
#define WEB_PICTURE_H

#include "web/later.h"

struct request;

extern const struct later_kind picture_kind;

/* Is this the path of a picture: "/graph/gas-day.png"? */
bool picture_is(const char *path);

/* What is asked for: path, date= and theme=. 0, or ERR_USAGE. */
int picture_key(const struct request *r, char key[LATER_KEY], struct err *e);

#endif
