#!/usr/bin/env bats
# bats file_tags=plain
# Peaks and meter readings of p1report, held against p1sim's truth file.
# P1_INSTANTS=1000 asks for more instants.
load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

simulate() { # INTERVAL P1SIM-OPTION...: into p1.db, with the truth in truth.csv
	cat >p1.ini <<-END
		[storage]
		database = $PWD/p1.db
		rrd =
		interval = $1
		timezone = Europe/Amsterdam
	END
	p1sim --truth truth.csv "${@:2}" | p1logger --config p1.ini --import -
}

check() { # WHAT ARGUMENT...
	python3 "$BATS_TEST_DIRNAME/report_check.py" "$1" p1.ini truth.csv "${@:2}"
}

@test "meter readings are exact or within their bracket, at new meters and in a gap" {
	simulate 300 --start 2025-10-25T10:00:00Z --duration 30h --interval 10 \
		--water --seed 9 --gap 2025-10-26T00:30:00Z+2h \
		--meter-swap 2025-10-26T08:07:12Z --gas-swap 2025-10-26T09:12:00Z
	check at "${P1_INSTANTS:-150}"
}

@test "peaks of telegrams every second, at the end of a month" {
	simulate 10 --start 2025-10-31T17:00:00Z --duration 9h --interval 1 \
		--dialect be --seed 5
	check peaks 8
	check hours
}

@test "peaks of telegrams every 10 s that are on no quarter" {
	simulate 10 --start 2025-10-30T17:00:07Z --duration 3d --interval 10 \
		--dialect be --seed 5
	check peaks 16
	check hours
}

@test "peaks of telegrams every 300 s that are on no quarter" {
	simulate 300 --start 2025-10-20T17:01:40Z --duration 40d --interval 300 \
		--dialect be --seed 5
	check peaks 100
	check hours
}
