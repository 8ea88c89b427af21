# For forward_*.bats: p1logger with outputs, and receivers written by others.
# shellcheck disable=SC2154,SC2034 # bats and the tests share variables
load logger_helper

forward_setup() {
	logger_setup
	touch log
}

forward_teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	local pid
	for pid in "${receivers[@]}"; do
		kill "$pid" 2>/dev/null || true
	done
	stop_meter
	echo "log:"
	cat log
}

# MQTT is an optional part.
has_mqtt() {
	printf '[mqtt]\nbroker = 127.0.0.1\n' >mqtt.ini
	p1logger --check-config -c mqtt.ini
}

receivers=()

# Run until the test ends.
receiver() { # COMMAND...
	"$@" 3>&- &
	receivers+=($!)
}

free_port() { # of TCP and UDP on 127.0.0.1, for this test alone
	python3 "$BATS_TEST_DIRNAME/free_port.py" $$
}

forward_to() { # LINE...: settings, sections and all
	printf '%s\n' "$@" >>"$ini"
}

# 60 telegrams, one per second from noon, from a file; `service` ends with it.
recorded() { # P1SIM-OPTION...
	p1sim --start 2026-03-10T11:00:00Z -n 60 --truth truth.csv "$@" >tape
	write_ini "$PWD/tape"
}

has_lines() { # FILE N: at least
	[ "$(wc -l <"$1")" -ge "$2" ]
}

has_telegrams() { # FILE N: at least
	[ "$(grep -c '^!' "$1")" -ge "$2" ]
}

# Write "PORT TEXT" to a file for each datagram received on a port.
hear_udp() { # FILE PORT[@GROUP]...
	receiver python3 -u "$BATS_TEST_DIRNAME/forward_receive.py" "$@"
	wait_for grep -q ready "$1"
}
