#ifdef HAVE_MOSQUITTO

#include "forward/mqtt_library.h"

#include "base/load_library.h"
#include "base/span.h"

static const char file[] = "libmosquitto.so.1";

static const char *const names[] = {
#define X(name) "mosquitto_" #name,
	MQTT_FUNCTIONS(X)
#undef X
};

struct mqtt_library mosquitto;

int mqtt_load_library(struct err *e)
{
	return load_library(file, names, COUNT(names), &mosquitto)
		       ? 0
		       : err_set(e, ERR_CONFIG,
				 "it needs the library %s, which is not "
				 "installed",
				 file);
}

#endif
