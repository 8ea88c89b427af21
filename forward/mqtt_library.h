/* Internal: the functions of libmosquitto that forward/mqtt*.c call. */
#ifndef FORWARD_MQTT_LIBRARY_H
#define FORWARD_MQTT_LIBRARY_H

#include <mosquitto.h>

#include "base/err.h"

#define MQTT_FUNCTIONS(X)                                                      \
	X(lib_init)                                                            \
	X(lib_cleanup)                                                         \
	X(new)                                                                 \
	X(destroy)                                                             \
	X(threaded_set)                                                        \
	X(connect_callback_set)                                                \
	X(disconnect_callback_set)                                             \
	X(publish_callback_set)                                                \
	X(message_callback_set)                                                \
	X(username_pw_set)                                                     \
	X(will_set)                                                            \
	X(tls_set)                                                             \
	X(int_option)                                                          \
	X(connect)                                                             \
	X(disconnect)                                                          \
	X(loop)                                                                \
	X(subscribe)                                                           \
	X(publish)                                                             \
	X(strerror)                                                            \
	X(connack_string)

struct mqtt_library {
#define X(name) __typeof__(mosquitto_##name) *name;
	MQTT_FUNCTIONS(X)
#undef X
};

extern struct mqtt_library mosquitto;

/* Load the library. Returns 0, or ERR_CONFIG if it is not installed. */
int mqtt_load_library(struct err *e);

#endif
