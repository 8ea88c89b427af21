#include "logger/port/speeds.h"

const struct speed speeds[SPEED_COUNT] = {
	{ 115200, 8, 'N', "115200 8N1" },
	{ 9600, 7, 'E', "9600 7E1" },
	{ 9600, 8, 'N', "9600 8N1" },
};

const struct speed odd_speeds[ODD_SPEED_COUNT] = {
	{ 19200, 8, 'N', "19200 8N1" }, { 38400, 8, 'N', "38400 8N1" },
	{ 57600, 8, 'N', "57600 8N1" }, { 4800, 7, 'E', "4800 7E1" },
	{ 2400, 7, 'E', "2400 7E1" },	{ 115200, 7, 'E', "115200 7E1" },
	{ 2400, 8, 'E', "2400 8E1" },
};
