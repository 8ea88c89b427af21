#include "logger/port/serial.h"

#include <errno.h>
#include <libserialport.h>
#include <stdlib.h>
#include <string.h>

struct serial {
	struct sp_port *port;
	int fd;
};

static int code_of(int cause)
{
	switch (cause) {
	case EACCES:
	case EPERM:
		return ERR_PERMISSION;
	case EBUSY:
	case EWOULDBLOCK: /* libserialport 0.1.2 takes its own lock */
		return ERR_BUSY;
	case ENOENT:
	case ENODEV:
	case ENXIO:
		return ERR_ABSENT;
	default:
		return ERR_IO;
	}
}

/* The library refused: an unknown kind of device, or a system error. */
static int refused(enum sp_return rc, struct err *e)
{
	int cause = sp_last_error_code();

	if (rc == SP_ERR_ARG)
		return 0;
	if (rc == SP_ERR_MEM)
		return err_memory(e);
	if (cause == ENOTTY || cause == EINVAL)
		return 0;
	return err_set(e, code_of(cause), "%s", strerror(cause));
}

int serial_open(const char *device, struct serial **out, struct err *e)
{
	struct serial *s = calloc(1, sizeof(*s));
	enum sp_return rc;
	int answer;

	if (s == NULL)
		return err_memory(e);
	rc = sp_get_port_by_name(device, &s->port);
	if (rc == SP_OK)
		rc = sp_open(s->port, SP_MODE_READ);
	if (rc == SP_OK)
		rc = sp_get_port_handle(s->port, &s->fd);
	if (rc == SP_OK) {
		*out = s;
		return 1;
	}
	answer = refused(rc, e);
	sp_free_port(s->port);
	free(s);
	return answer;
}

void serial_close(struct serial *s)
{
	if (s == NULL)
		return;
	sp_close(s->port);
	sp_free_port(s->port);
	free(s);
}

int serial_fd(const struct serial *s)
{
	return s->fd;
}

static void fill(struct sp_port_config *c, const struct speed *to)
{
	sp_set_config_baudrate(c, to->baud);
	sp_set_config_bits(c, to->bits);
	sp_set_config_parity(c, to->parity == 'E' ? SP_PARITY_EVEN
						  : SP_PARITY_NONE);
	sp_set_config_stopbits(c, 1);
	sp_set_config_flowcontrol(c, SP_FLOWCONTROL_NONE);
	sp_set_config_rts(c, SP_RTS_ON);
	sp_set_config_dtr(c, SP_DTR_ON);
}

int serial_set(struct serial *s, const struct speed *to, struct err *e)
{
	struct sp_port_config *config = NULL;
	enum sp_return rc = sp_new_config(&config);
	int cause;

	if (rc == SP_OK) {
		fill(config, to);
		rc = sp_set_config(s->port, config);
	}
	cause = sp_last_error_code();
	sp_free_config(config);
	if (rc != SP_OK)
		return err_set(e, ERR_IO, "%s: %s", to->name, strerror(cause));
	return 0;
}
