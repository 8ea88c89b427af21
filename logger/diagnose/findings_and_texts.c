#include "logger/diagnose/findings_and_texts.h"

#include <string.h>

#include "base/err.h"

static bool came(const struct evidence *ev)
{
	return ev->refused == 0 && ev->bytes.all > 0;
}

static bool in_vain(const struct evidence *ev)
{
	return came(ev) && ev->telegrams == 0;
}

static bool no_port(const struct evidence *ev)
{
	return ev->port[0] == '\0';
}

static bool is_absent(const struct evidence *ev)
{
	return ev->refused == ERR_ABSENT;
}

static bool is_absent_server(const struct evidence *ev)
{
	return is_absent(ev) && ev->network;
}

static bool is_forbidden(const struct evidence *ev)
{
	return ev->refused == ERR_PERMISSION;
}

static bool is_held(const struct evidence *ev)
{
	return ev->refused == ERR_BUSY;
}

static bool is_held_by_modem_manager(const struct evidence *ev)
{
	return is_held(ev) && ev->holder[0] != '\0' &&
	       strcmp(ev->holder, ev->modem_manager) == 0;
}

static bool is_unusable(const struct evidence *ev)
{
	return ev->refused != 0;
}

static bool is_unusable_server(const struct evidence *ev)
{
	return is_unusable(ev) && ev->network;
}

static bool is_mbus(const struct evidence *ev)
{
	return in_vain(ev) && ev->kind == PROTOCOL_MBUS;
}

static bool is_push(const struct evidence *ev)
{
	return in_vain(ev) && ev->kind == PROTOCOL_HDLC;
}

static bool is_sealed(const struct evidence *ev)
{
	return in_vain(ev) && ev->kind == PROTOCOL_UNTITLED;
}

static bool is_encrypted(const struct evidence *ev)
{
	return in_vain(ev) && (ev->kind == PROTOCOL_ENCRYPTED ||
			       ev->refusals[REFUSED_CIPHER] > 0);
}

static bool is_inverted(const struct evidence *ev)
{
	return in_vain(ev) && byte_kinds_are_turned(&ev->turned);
}

static bool is_odd_speed(const struct evidence *ev)
{
	return ev->telegrams > 0 && ev->odd_speed;
}

static bool is_other_speed(const struct evidence *ev)
{
	return in_vain(ev) && byte_kinds_are_runs(&ev->runs) &&
	       !byte_kinds_are_text(&ev->best);
}

/* P1 text: damaged, but at the right speed. */
static bool is_p1(const struct evidence *ev)
{
	return byte_kinds_are_text(&ev->best) || ev->damage.whole > 0;
}

static bool is_noise(const struct evidence *ev)
{
	return in_vain(ev) && !is_p1(ev);
}

static bool is_silent(const struct evidence *ev)
{
	return ev->refused == 0 && ev->bytes.all == 0;
}

static bool is_silent_server(const struct evidence *ev)
{
	return is_silent(ev) && ev->network;
}

static bool is_not_requested(const struct evidence *ev)
{
	return is_silent(ev) && ev->lines == LINES_RTS_DOWN;
}

/* Is `kind` at least as common among damaged telegrams as each other kind? */
static bool mostly(const struct evidence *ev, int64_t kind)
{
	const struct damage *d = &ev->damage;

	return came(ev) && is_p1(ev) && kind > 0 && kind >= d->flipped &&
	       kind >= d->lost && kind >= d->cut && kind >= d->ends &&
	       kind >= d->other_crc && kind >= d->other;
}

static bool has_other_ends(const struct evidence *ev)
{
	return mostly(ev, ev->damage.ends);
}

static bool has_other_crc(const struct evidence *ev)
{
	return mostly(ev, ev->damage.other_crc);
}

static bool is_flipped(const struct evidence *ev)
{
	return mostly(ev, ev->damage.flipped);
}

static bool is_lost(const struct evidence *ev)
{
	return mostly(ev, ev->damage.lost);
}

static bool is_cut(const struct evidence *ev)
{
	return mostly(ev, ev->damage.cut);
}

static bool is_damaged(const struct evidence *ev)
{
	return mostly(ev, ev->damage.other);
}

static bool is_not_yet(const struct evidence *ev)
{
	return in_vain(ev) && is_p1(ev);
}

static bool may_be_probed(const struct evidence *ev)
{
	return ev->modem_manager[0] != '\0' && !ev->modem_manager_told &&
	       !ev->network && ev->port[0] != '\0';
}

/* clang-format off */

const struct finding_row finding_rows[FINDING_COUNT] = {
	[FINDING_NO_PORT] = {
		"no-port", no_port, GROUP_MAIN, ERR_ABSENT,
		"There is no USB serial port on this machine. Plug in the P1 "
		"cable and check that 'ls /dev/serial/by-id' lists it; for a "
		"meter on the network, give its address on the command line, "
		"such as tcp://192.168.1.20:23."
	},
	[FINDING_ABSENT_SERVER] = {
		"absent", is_absent_server, GROUP_MAIN, ERR_ABSENT,
		"%r. Check that the P1 adapter has power and is on the network "
		"('ping' its address), that host and port number are those of "
		"its own settings page, where its TCP server must be on, and "
		"that no firewall stands in between."
	},
	[FINDING_ABSENT] = {
		"absent", is_absent, GROUP_MAIN, ERR_ABSENT,
		"%r. A USB cable has a name that 'ls /dev/serial/by-id' "
		"lists; a meter on the network is written as tcp://host:port."
	},
	[FINDING_FORBIDDEN] = {
		"forbidden", is_forbidden, GROUP_MAIN, ERR_PERMISSION,
		"This user %r. Usually 'sudo adduser $USER dialout' helps, "
		"once you have logged in again."
	},
	[FINDING_HELD_BY_MODEM_MANAGER] = {
		"held-by-modemmanager", is_held_by_modem_manager, GROUP_MAIN, ERR_BUSY,
		"%p is held by %h, which looks for a modem there. Wait half "
		"a minute and try again. To keep it away for good, remove it "
		"('sudo apt remove modemmanager') or let a udev rule set "
		"ENV{ID_MM_DEVICE_IGNORE}=\"1\"."
	},
	[FINDING_HELD] = {
		"held", is_held, GROUP_MAIN, ERR_BUSY,
		"%r. Only one program can read a port: stop that one and try "
		"again (for p1logger's own service: 'sudo systemctl stop "
		"p1logger')."
	},
	[FINDING_UNUSABLE_SERVER] = {
		"unusable", is_unusable_server, GROUP_MAIN, ERR_IO,
		"%r. The P1 adapter ended the connection: many serve only one "
		"program at a time, so stop the others (for p1logger's own "
		"service: 'sudo systemctl stop p1logger'), or restart the "
		"adapter."
	},
	[FINDING_UNUSABLE] = {
		"unusable", is_unusable, GROUP_MAIN, ERR_IO,
		"%r. Check that the name is correct: that of a serial "
		"port, or of a server such as tcp://192.168.1.20:23; if so, "
		"unplug the cable and plug it in again."
	},
	[FINDING_MBUS] = {
		"mbus", is_mbus, GROUP_MAIN, ERR_FORMAT,
		"This is not a P1 port: the input is wired M-Bus (frames 68 "
		"... 68 ... 16), which p1logger does not support. Some meters "
		"have both, with identical sockets: use the one for P1, or ask "
		"the grid operator to switch the port to P1 telegrams."
	},
	[FINDING_PUSH] = {
		"push", is_push, GROUP_MAIN, ERR_FORMAT,
		"This is not a P1 port: the meter pushes DLMS/HDLC frames (7E "
		"... 7E), which p1logger does not support. Ask the grid "
		"operator whether the port can be switched to P1 telegrams."
	},
	[FINDING_SEALED] = {
		"sealed", is_sealed, GROUP_MAIN, ERR_FORMAT,
		"The telegrams are encrypted in a way that p1logger does not "
		"support: they lack the title needed for decryption, like "
		"those of Poland's Elgama. Ask the grid operator whether the "
		"port can send them unencrypted."
	},
	[FINDING_ENCRYPTED] = {
		"encrypted", is_encrypted, GROUP_MAIN, ERR_FORMAT,
		"The telegrams are encrypted, and no key decrypts them. Ask "
		"the grid operator for the key of this meter, put it into a "
		"file, and set [meter] key_file in /etc/p1logger.ini."
	},
	[FINDING_INVERTED] = {
		"inverted", is_inverted, GROUP_MAIN, ERR_FORMAT,
		"The line is inverted: these are telegrams with every bit "
		"flipped. P1 needs a cable that inverts the data line: get a "
		"P1 cable, add an inverter (a transistor and a resistor) to "
		"this one, or set the converter to invert RxD (an FTDI with "
		"FT_PROG)."
	},
	[FINDING_ODD_SPEED] = {
		"odd-speed", is_odd_speed, GROUP_MAIN, 0,
		"The telegrams arrive at %s, which no P1 port uses and "
		"p1logger does not try. Set the device between the meter and "
		"this machine to 115200 8N1."
	},
	[FINDING_OTHER_SPEED] = {
		"other-speed", is_other_speed, GROUP_MAIN, ERR_FORMAT,
		"The speed is wrong: the input (%n bytes) was sent more "
		"slowly than it was received. Set the serial server or "
		"converter between the meter and this machine to the meter's speed, 9600 7E1 for "
		"meters from before 2014, else 115200 8N1."
	},
	[FINDING_NOISE] = {
		"noise", is_noise, GROUP_MAIN, ERR_FORMAT,
		"The input (%n bytes) is not text at any speed. A serial "
		"server in between may have the wrong speed (it should be "
		"115200 8N1, or 9600 7E1 before 2014); otherwise this is not "
		"a P1 cable, or its pull-up or ground is missing."
	},
	[FINDING_NO_REQUEST] = {
		"no-request", is_not_requested, GROUP_MAIN, ERR_BUSY,
		"The port is silent, and its RTS line stays low although it "
		"was set: a meter sends only while its request line (pin 2) "
		"is high. Use another cable, or connect pin 2 to 5 V (pin 1)."
	},
	[FINDING_SILENT_SERVER] = {
		"silent", is_silent_server, GROUP_MAIN, ERR_BUSY,
		"%p accepted the connection, but sent nothing for %w s. Is it "
		"the port number for telegrams, and not that of a web page? "
		"Many P1 adapters serve only one program at a time: stop the "
		"others. Otherwise check that the adapter is plugged into the "
		"meter's P1 port; in some countries the grid operator has to "
		"enable the port first, on its web site."
	},
	[FINDING_SILENT] = {
		"silent", is_silent, GROUP_MAIN, ERR_BUSY,
		"%p was silent for %w s. Is the plug in the meter's P1 port "
		"and all the way in? In some countries the grid operator has "
		"to enable the port first, on its web site; otherwise try "
		"another cable."
	},
	[FINDING_LINE_ENDS] = {
		"line-ends", has_other_ends, GROUP_MAIN, ERR_FORMAT,
		"Line ends are changed: %d would be correct if each line ended "
		"with CR LF. Turn off the translation of line ends in the "
		"serial server, or whatever is between the meter and this "
		"program, and let it pass raw bytes (ser2net: raw, not "
		"telnet)."
	},
	[FINDING_OTHER_CRC] = {
		"other-crc", has_other_crc, GROUP_MAIN, ERR_FORMAT,
		"The meter computes another CRC: %d have a correct CRC-16, but "
		"not the kind that P1 prescribes and p1logger requires. The "
		"cable is fine. Please report the meter's type, with a file "
		"made by --capture."
	},
	[FINDING_FLIPPED] = {
		"flipped", is_flipped, GROUP_MAIN, ERR_FORMAT,
		"Bits are flipped: %d had the right length and a wrong CRC. "
		"The cause is a bad contact, a cable that is too long or "
		"beside power cables, or a weak pull-up: try a shorter or another "
		"cable."
	},
	[FINDING_LOST] = {
		"lost", is_lost, GROUP_MAIN, ERR_FORMAT,
		"Bytes are lost: %d were too short. The machine does not read "
		"them in time, or a second program reads the port: check with "
		"'fuser -v' on the port, and plug the cable into the machine "
		"without a hub."
	},
	[FINDING_CUT] = {
		"cut", is_cut, GROUP_MAIN, ERR_FORMAT,
		"Telegrams are cut short: %d end early. The meter stops "
		"when its request line drops or its power fails, so check the "
		"plug, the cable's power and the timeouts of a serial server."
	},
	[FINDING_DAMAGED] = {
		"damaged", is_damaged, GROUP_MAIN, ERR_FORMAT,
		"Telegrams are damaged: %d have a wrong CRC. Something adds "
		"or changes bytes on the way: check the cable, and the "
		"line-end translation of a serial server."
	},
	[FINDING_NOT_YET] = {
		"no-telegram", is_not_yet, GROUP_MAIN, ERR_FORMAT,
		"Text arrived (%n bytes) but no complete telegram in %w s. Is it "
		"a P1 port? Try longer with --wait, or look at the bytes with "
		"--capture."
	},
	[FINDING_MODEM_MANAGER] = {
		"modemmanager", may_be_probed, GROUP_ALSO, ERR_BUSY,
		"%m is running, and no udev rule tells it to leave this port "
		"alone: at each start it mistakes the cable for a modem and "
		"sends to it. Remove it ('sudo apt remove modemmanager'), or "
		"let a udev rule set ENV{ID_MM_DEVICE_IGNORE}=\"1\"."
	},
};
