#!/usr/bin/env bats
# Clocks that are wrong, the meter's and the machine's: no row in the future,
# none twice, none lost when one of the two is right.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

now=2026-06-10T12:00:00Z

setup() {
	logger_setup
}

teardown() {
	stop_meter
}

# p1logger --once; the machine's clock says STAMP.
once_at() { # STAMP P1SIM-OPTION...
	meter --uart --interval 1 "${@:2}"
	LD_PRELOAD="$P1_BIN/tests/shim.so $P1_BIN/tests/clock.so" \
		P1_CLOCK_AHEAD=$(($(date -d "$1" +%s) - $(date +%s))) \
		ASAN_OPTIONS=verify_asan_link_order=0 run p1logger -c "$ini" --once
	stop_meter
	echo "status $status: $output"
}

adrift_at() { # STAMP P1SIM-OPTION...
	P1_CLOCK_ADRIFT=1 once_at "$@"
}

last_row() { # within two minutes of STAMP, by TIME-SOURCE
	sql "SELECT max(ts), time_source FROM electricity"
	[ "$(sql "SELECT abs(max(ts) - unixepoch('$1')) < 120 AND time_source = $2
		FROM electricity")" = 1 ]
}

held() { # REASON...
	sql "SELECT reason, ts FROM quarantine"
	[ "$(sql "SELECT DISTINCT reason FROM quarantine" | tr '\n' ' ')" = "$* " ]
}

@test "no clock at boot: the meter's time is taken, and the skew is kept" {
	adrift_at 1970-01-01T00:01:00Z --start $now
	silent
	last_row $now 0
	once_at 2026-06-10T12:05:00Z --start 2026-06-10T12:05:00Z
	[ "$(sql "SELECT skew_s > 1700000000, synchronised FROM clock ORDER BY ts
		LIMIT 1")" = "1|0" ]
	[ "$(sql "SELECT abs(skew_s) < 120, synchronised FROM clock ORDER BY ts DESC
		LIMIT 1")" = "1|1" ]
}

@test "a meter of 2000: the machine's time, when that is synchronised" {
	once_at $now --start 2000-01-01T00:00:00Z
	silent
	last_row $now 1
	[ "$(sql "SELECT skew_s < -800000000 AND synchronised FROM clock")" = 1 ]
	[ "$(sql "SELECT year FROM yearly")" = 2026 ]
}

@test "a meter of 2000 and a machine that does not know: held" {
	adrift_at $now --start 2000-01-01T00:00:00Z
	ends 65 "$port: the electricity counters are held"
	held time
	[ "$(rows)" = 0 ]
}

@test "one stamp of the far future makes no years" {
	once_at $now --start $now
	adrift_at 2026-06-10T13:00:00Z --start 2050-06-10T13:00:00Z
	ends 65 "$port: the electricity counters are held"
	held time
	[ "$(sql "SELECT count(*), max(year) FROM yearly")" = "1|2026" ]
	p1sim --start 2050-06-10T12:00:00Z -n 3 >future
	LD_PRELOAD=$P1_BIN/tests/clock.so ASAN_OPTIONS=verify_asan_link_order=0 \
		p1logger -c "$ini" --import future
	[ "$(rows)" = 1 ]
	[ "$(sql "SELECT count(*) FROM calendar_year WHERE year > 2028")" = 0 ]
}

@test "DSMR 2.2 has the machine's time: not before it knows it" {
	adrift_at 1970-01-01T00:01:00Z --dialect nl22 --start $now
	held time
	[ "$(rows)" = 0 ]
	once_at $now --dialect nl22 --start $now
	silent
	last_row $now 1
	# booted with the time of the last shutdown, before the last row
	adrift_at 2026-06-10T11:30:00Z --dialect nl22 --start 2026-06-10T12:10:00Z
	[ "$(rows)" = 1 ]
	# a clock that nobody sets, but that goes on: flagged
	adrift_at 2026-06-10T12:20:00Z --dialect nl22 --start 2026-06-10T12:20:00Z
	last_row 2026-06-10T12:20:00Z 4
}
