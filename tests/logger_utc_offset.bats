#!/usr/bin/env bats
# The meter's clock against the machine's on a live port: the country's offset
# from UTC, and a wrong S or W.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

winter=2025-01-15T12:00:00Z
summer=2025-07-15T12:00:00Z
meters_time=0 machines_time=1

setup() {
	logger_setup
}

teardown() {
	stop_service
	stop_meter
}

stop_service() {
	[ -z "${service_pid-}" ] || kill "$service_pid" 2>/dev/null || true
	[ -z "${service_pid-}" ] || wait "$service_pid" || true
	service_pid=
}

# p1logger --once at STAMP on the machine's clock; the meter starts then, too.
once_at() { # STAMP P1SIM-OPTION...
	now=$(date -d "$1" +%s)
	meter --uart --interval 1 --start "$1" "${@:2}"
	clock_is "$1"
	run as_serial p1logger -c "$ini" --once
	stop_meter
	silent
}

# The last row has the time of the last run, by that clock.
right_by() { # TIME-SOURCE
	sql "SELECT ts, time_source FROM electricity ORDER BY ts DESC LIMIT 1"
	[ "$(sql "SELECT time_source FROM electricity ORDER BY ts DESC LIMIT 1")" = "$1" ]
	[ "$(sql "SELECT abs(max(ts) - $now) < 120 FROM electricity")" = 1 ]
}

@test "Ireland and Lithuania are recognised by their telegrams" {
	for dialect in ie lt; do
		P1_CLOCK_ADRIFT=1 once_at $winter --dialect $dialect
		right_by $meters_time
		P1_CLOCK_ADRIFT=1 once_at $summer --dialect $dialect
		right_by $meters_time
		rm -r data
	done
}

@test "an Irish meter with S in winter and W in summer: the machine's time" {
	once_at $winter --dialect ie --fault letter=1
	right_by $machines_time
	run -1 grep "^base\|^suspect" "$db.port"
	once_at $summer --dialect ie --fault letter=1
	right_by $machines_time
}

@test "a Dutch gas reading is corrected for the meter's wrong letter" {
	once_at $winter --fault letter=1
	right_by $machines_time
	[ "$(sql "SELECT abs(max(ts) - $now) < 600 FROM mbus")" = 1 ]
}

@test "utc_offset: the meter's own time, whatever the machine's clock says" {
	sed -i "s|^port.*|&\nutc_offset = 2|" "$ini"
	P1_CLOCK_ADRIFT=1 once_at $winter --dialect 'fi'
	right_by $meters_time
	P1_CLOCK_ADRIFT=1 once_at $summer --dialect 'fi'
	right_by $meters_time
	run -1 grep "^base" "$db.port"
}

@test "not set: the machine's time, until three runs of --once agree" {
	once_at 2025-01-15T12:00:00Z --dialect 'fi'
	right_by $machines_time
	grep -q "^suspect 7200 " "$db.port"
	once_at 2025-01-15T12:05:00Z --dialect 'fi'
	right_by $machines_time
	once_at 2025-01-15T12:10:00Z --dialect 'fi'
	right_by $machines_time
	grep -q "^base 7200" "$db.port"
	once_at 2025-01-15T12:15:00Z --dialect 'fi'
	right_by $meters_time
	P1_CLOCK_ADRIFT=1 once_at $summer --dialect 'fi'
	right_by $meters_time
}

@test "a Swedish meter stays at winter time all summer" {
	once_at $summer --dialect se
	right_by $meters_time
	run -1 grep "^base\|^suspect" "$db.port"
}

@test "the service detects it in ten minutes, and logs it once" {
	local i

	export P1_CLOCK_FROM P1_CLOCK_RATE=60 P1_CLOCK_AHEAD
	P1_CLOCK_FROM=$(date +%s)
	P1_CLOCK_AHEAD=$(($(date -d $winter +%s) - P1_CLOCK_FROM))
	LD_PRELOAD=$P1_BIN/tests/wrong_clock.so \
		ASAN_OPTIONS=verify_asan_link_order=0 p1sim --pty "$port" --dialect 'fi' \
		--interval 60 --speed 60 3>&- &
	meter_pid=$!
	wait_for test -c "$port"
	LD_PRELOAD="$P1_BIN/tests/shim.so $P1_BIN/tests/wrong_clock.so" \
		ASAN_OPTIONS=verify_asan_link_order=0 \
		p1logger -c "$ini" 2>log 3>&- &
	service_pid=$!
	for ((i = 0; i < 900; i++)); do
		grep -q "winter time is +2 h" log && break
		sleep 0.1
	done
	wait_for grep -q "^base 7200" "$db.port"
	stop_service
	cat log
	[ "$(grep -c "winter time is" log)" = 1 ]
	run -1 grep " off; using this machine's" log
	[ "$(sql "SELECT count(*) > 2 FROM electricity")" = 1 ]
	# With either clock, no row lies ahead of the machine's.
	now=$(($(date +%s) + P1_CLOCK_AHEAD))
	now=$((now + (now - P1_CLOCK_AHEAD - P1_CLOCK_FROM) * 59))
	[ "$(sql "SELECT max(ts) < $now + 60 FROM electricity")" = 1 ]
}
