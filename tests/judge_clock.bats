#!/usr/bin/env bats
# Wrong clocks of the meter and the machine: no row in the future, none twice,
# none lost if one of the two is right.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

now=2026-06-10T12:00:00Z

setup() {
	logger_setup
}

teardown() {
	stop_meter
}

# Run p1logger --once with the machine's clock at STAMP.
once_at() { # STAMP P1SIM-OPTION...
	meter --uart --interval 1 "${@:2}"
	clock_is "$1"
	run as_serial p1logger -c "$ini" --once
	stop_meter
	echo "status $status: $output"
}

adrift_at() { # STAMP P1SIM-OPTION...
	P1_CLOCK_ADRIFT=1 once_at "$@"
}

last_row() { # STAMP TIME-SOURCE: within two minutes
	sql "SELECT max(ts), time_source FROM electricity"
	[ "$(sql "SELECT abs(max(ts) - unixepoch('$1')) < 120 AND time_source = $2
		FROM electricity")" = 1 ]
}

held() { # REASON...
	sql "SELECT reason, ts FROM quarantine"
	[ "$(sql "SELECT DISTINCT reason FROM quarantine" | tr '\n' ' ')" = "$* " ]
}

@test "no clock at boot: the meter's time is used, and the skew is stored" {
	adrift_at 1970-01-01T00:01:00Z --start $now
	silent
	last_row $now 0
	once_at 2026-06-10T12:05:00Z --start 2026-06-10T12:05:00Z
	[ "$(sql "SELECT skew_s > 1700000000, synchronised FROM clock ORDER BY ts
		LIMIT 1")" = "1|0" ]
	[ "$(sql "SELECT abs(skew_s) < 120, synchronised FROM clock ORDER BY ts DESC
		LIMIT 1")" = "1|1" ]
}

@test "a meter in 2000: the machine's time, if it is synchronised" {
	once_at $now --start 2000-01-01T00:00:00Z
	silent
	last_row $now 1
	[ "$(sql "SELECT skew_s < -800000000 AND synchronised FROM clock")" = 1 ]
	[ "$(sql "SELECT year FROM yearly")" = 2026 ]
}

@test "a meter in 2000 and an unsynchronised machine: held" {
	adrift_at $now --start 2000-01-01T00:00:00Z
	ends 65 "$port: the electricity counters are held"
	held time
	[ "$(rows)" = 0 ]
}

@test "one stamp in the far future does not create years" {
	once_at $now --start $now
	adrift_at 2026-06-10T13:00:00Z --start 2050-06-10T13:00:00Z
	ends 65 "$port: the electricity counters are held"
	held time
	[ "$(sql "SELECT count(*), max(year) FROM yearly")" = "1|2026" ]
	p1sim --start 2050-06-10T12:00:00Z -n 3 >future
	as_serial p1logger -c "$ini" --import future
	[ "$(rows)" = 1 ]
	[ "$(sql "SELECT count(*) FROM calendar_year WHERE year > 2028")" = 0 ]
}

@test "DSMR 2.2 uses the machine's time, but only once it is known" {
	adrift_at 1970-01-01T00:01:00Z --dialect nl22 --start $now
	held time
	[ "$(rows)" = 0 ]
	once_at $now --dialect nl22 --start $now
	silent
	last_row $now 1
	# booted with the time of the last shutdown, before the last row
	adrift_at 2026-06-10T11:30:00Z --dialect nl22 --start 2026-06-10T12:10:00Z
	[ "$(rows)" = 1 ]
	# a clock that is never set but runs: flagged
	adrift_at 2026-06-10T12:20:00Z --dialect nl22 --start 2026-06-10T12:20:00Z
	last_row 2026-06-10T12:20:00Z 4
}
