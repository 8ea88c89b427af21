# For logger_*.bats: a meter on a pty, its settings, and p1logger's results.
# shellcheck disable=SC2154,SC2034 # bats and the tests share variables
load helper
bats_require_minimum_version 1.5.0

# Settings in $ini, the database in $db; the meter will be at $port.
logger_setup() {
	cd "$BATS_TEST_TMPDIR" || return
	port=$PWD/port db=$PWD/data/p1.db ini=$PWD/p1.ini
	write_ini "$port"
}

write_ini() { # PORT [LINE...]: more lines for [storage]
	printf '%s\n' "[meter]" "port = $1" "[storage]" "database = $db" \
		"rrd =" "timezone = Europe/Amsterdam" "${@:2}" >"$ini"
}

# Make the pty a serial port for p1logger with the real libserialport.
as_serial() {
	LD_PRELOAD="$P1_BIN/tests/shim.so $clock" ASAN_OPTIONS=verify_asan_link_order=0 \
		"$@"
}

# Start the service, stderr in the file log; its process is $service_pid.
service() {
	: >log # or the previous run's messages may be taken for its own
	LD_PRELOAD="$P1_BIN/tests/shim.so $clock" \
		ASAN_OPTIONS=verify_asan_link_order=0 p1logger -c "$ini" 2>log 3>&- &
	service_pid=$!
}

stop_service() { # return its status
	kill -TERM "$service_pid"
	wait_for bash -c "! kill -0 $service_pid"
	local pid=$service_pid
	service_pid=
	wait "$pid"
}

# One run from cron.
once() { # P1LOGGER-OPTION...
	as_serial p1logger --once -c "$ini" "$@"
}

# Each meter of a test starts higher than the previous one, so that the counters
# never fall, whichever telegram came last.
meter() { # P1SIM-OPTION...: until stop_meter or the test's end
	local kwh=$((9000 + ${meters:=0})) counter initial=()

	for counter in {import,export}_t{1,2}; do
		initial+=(--initial "$counter=$kwh")
	done
	meters=$((meters + 1))
	p1sim --pty "$port" "${initial[@]}" "$@" 3>&- &
	meter_pid=$!
	wait_for test -c "$port"
}

# A telegram each second, each one stored and written.
every_second() {
	write_ini "$port" "interval = 1" "commit = 1"
	meter --interval 1
}

# Log each reading taken by the service to the file taken, immediately.
tell_readings() {
	printf '%s\n' "[files]" "json = $PWD/taken" >>"$ini"
}

has_taken() { # N: at least N readings
	[ "$(wc -l <taken)" -ge "$1" ]
}

# The service has the port open.
listens() {
	find "/proc/$service_pid/fd" -lname "$(readlink -f "$port")" | grep -q .
}

stop_meter() {
	[ -z "${meter_pid-}" ] || kill "$meter_pid" 2>/dev/null || true
	[ -z "${meter_pid-}" ] || wait "$meter_pid" || true
	meter_pid=
}

sql() { # QUERY
	sqlite3 -readonly "$db" "$1"
}

rows() { # of electricity
	sql "SELECT count(*) FROM electricity"
}

# The newest day with a reading; today's may have none yet.
newest_day() {
	sql "SELECT max(day) FROM daily"
}

# Seconds without a row, between the first and the last.
missing() {
	sql "SELECT max(ts) - min(ts) + 1 - count(*) FROM electricity"
}

has_rows() { # N: at least
	[ "$(rows)" -ge "$1" ]
}

# Check the status, and that exactly one line on stderr has each TEXT.
ends() { # STATUS TEXT...
	echo "status $status: $output"
	[ "$status" -eq "$1" ] || return 1
	shift
	[ "$#" -eq 0 ] || [ "${#lines[@]}" -eq 1 ] || return 1
	local text
	for text; do
		[[ $output == *"$text"* ]] || return 1
	done
}

# Success: status 0 and no output.
silent() {
	echo "status $status: $output"
	[ "$status" -eq 0 ] && [ -z "$output" ]
}

# An ordinary user: root ignores file modes and TIOCEXCL. Copies the programs to
# where that user has access, and opens the tests' folders.
user_setup() {
	chmod o+x "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR" "$BATS_TEST_TMPDIR"
	chmod 755 "$PWD"
	mkdir -p bin data
	chmod 777 data
	cp "$P1_BIN"/p1logger "$P1_BIN"/tests/shim.so bin
	install -m 644 "$BATS_TEST_DIRNAME/lsan.supp" bin
	LSAN_OPTIONS=$LSAN_OPTIONS:suppressions=$PWD/bin/lsan.supp
}

if [ "$(id -u)" -eq 0 ]; then
	user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
else
	user=(env)
fi

as_user() { # COMMAND...
	"${user[@]}" "$@"
}

# Run a program that holds a file, until the test's end or stop_holder.
hold() { # Run a program that holds a file, until the test's end or stop_holder.
	exec "$@" 3>&- &
	holder_pid=$!
}

stop_holder() {
	[ -z "${holder_pid-}" ] || kill "$holder_pid" 2>/dev/null || true
	[ -z "${holder_pid-}" ] || wait "$holder_pid" || true
	holder_pid=
}
