/*
 * bench_reader DATABASE PORT: the least that a logger does. Hold a database
 * open, and read the bytes of a terminal or of a TCP port of this machine.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int open_port(const char *name)
{
	const char *colon = strrchr(name, ':');
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd;

	if (strncmp(name, "tcp:", 4) != 0 || colon == NULL)
		return open(name, O_RDONLY | O_NOCTTY);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	to.sin_port = htons((uint16_t)atoi(colon + 1));
	fd = socket(AF_INET, SOCK_STREAM, 0);
	return connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 ? fd : -1;
}

int main(int argc, char **argv)
{
	struct pollfd port = { .events = POLLIN };
	static char bytes[16384];
	sqlite3 *db = NULL;

	port.fd = argc == 3 ? open_port(argv[2]) : -1;
	if (port.fd < 0 || sqlite3_open(argv[1], &db) != SQLITE_OK ||
	    sqlite3_exec(db,
			 "SELECT * FROM electricity ORDER BY ts DESC "
			 "LIMIT 1",
			 NULL, NULL, NULL) != SQLITE_OK)
		return 1;
	while (poll(&port, 1, -1) > 0) {
		usleep(100000); /* for the rest of the telegram */
		if (read(port.fd, bytes, sizeof(bytes)) <= 0)
			break;
	}
	sqlite3_close(db);
	return 0;
}
