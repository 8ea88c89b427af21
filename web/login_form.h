/* The login form: its token, and the cookie that it gives. */
#ifndef WEB_LOGIN_FORM_H
#define WEB_LOGIN_FORM_H

#include "web/server_state.h"

/* Take a piece of the form. Returns nonzero if the form is too long. */
int login_form_take(struct client *c, const char *bytes, size_t n);

/* Is the token in the form the right one? */
bool login_form_is_right(const struct server *s, const struct client *c);

/* Respond with the cookie. Returns nonzero to close the connection. */
int login_form_welcome(const struct server *s, struct lws *wsi);

#endif
