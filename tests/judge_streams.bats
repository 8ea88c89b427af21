#!/usr/bin/env bats
# bats file_tags=plain
# Meters that send false values with a correct CRC: they must leave no trace in
# any total, view or RRD file, whether imported, or read by cron or a service.
# The truth is known: the same stream without the lie.
# shellcheck disable=SC2154,SC2034 # variables of logger_helper
load logger_helper

setup() {
	logger_setup
	start=2025-03-10T06:00:00Z
	lie_at=2025-03-10T09:00:00Z
}

teardown() {
	stop_meter
	[ -z "${service_pid-}" ] || kill "$service_pid" 2>/dev/null || true
}

# Create a database, RRD files and settings in the folder NAME.
house() { # NAME
	mkdir -p "$1/rrd"
	ini=$PWD/$1/p1.ini db=$PWD/$1/p1.db
	printf '%s\n' "[meter]" "port = ${port-}" "[storage]" "database = $db" \
		"rrd = $PWD/$1/rrd" "timezone = Europe/Amsterdam" >"$ini"
}

stream() { # P1SIM-OPTION...
	p1sim --start "$start" --duration 8h --interval 10 --seed 4 --water "$@"
}

# Consumption in the house NAME by hour, day, month and year.
consumed() { # NAME
	local view

	for view in hour day month year; do
		sqlite3 -readonly "$1/p1.db" "SELECT $view, import_wh,
			import_t1_wh, import_t2_wh, export_wh, gas_dm3, water_dm3
			FROM ${view/day/dai}ly_wh"
	done
}

# The sums of its RRD files.
drawn() { # NAME
	local file

	for file in "$1"/rrd/*.rrd; do
		rrdtool fetch "$file" AVERAGE -r 300 -s 1741582800 -e 1741626000 |
			awk -v file="${file##*/}" '/^[0-9]/ {
				for (i = 2; i <= NF; i++)
					if ($i ~ /[0-9]e/) sum[i] += $i / 12
			} END { for (i in sum) printf "%s %d %d\n", file, i, sum[i] }'
	done
}

# Readings in the house NAME that the honest one lacks.
false_readings() { # NAME
	sqlite3 -readonly "$1/p1.db" "ATTACH 'honest/p1.db' AS h;
		SELECT 'gas or water', ts, value FROM mbus EXCEPT
		SELECT 'gas or water', ts, value FROM h.mbus;
		SELECT ts, import_t1_wh, import_t2_wh, export_t1_wh, export_t2_wh
			FROM electricity EXCEPT
		SELECT ts, import_t1_wh, import_t2_wh, export_t1_wh, export_t2_wh
			FROM h.electricity"
}

# Compare both ways: the liar may lack something, but has nothing extra.
lacks() { # NAME: rows of electricity, of gas and water
	sqlite3 -readonly "$1/p1.db" "ATTACH 'honest/p1.db' AS h;
		SELECT (SELECT count(*) FROM h.electricity) - count(*),
			(SELECT count(*) FROM h.mbus) -
			(SELECT count(*) FROM mbus) FROM electricity"
}

import_to() { # NAME, telegrams on stdin
	house "$1"
	p1logger -c "$ini" --import -
}

honest() {
	stream >honest.p1
	import_to honest <honest.p1
	[ "$(sql "SELECT count(*) FROM quarantine")" = 0 ]
}

liar() { # NAME P1SIM-OPTION...
	stream "${@:2}" >"$1.p1"
	import_to "$1" <"$1.p1"
	[ -z "$(false_readings "$1")" ]
	[ "$(sql "SELECT count(*) > 0 FROM quarantine")" = 1 ]
	p1logger -c "$ini" --verify
}

@test "imported: gas that is dead or jumps for an hour leaves no trace" {
	local lie

	honest
	consumed honest >want
	drawn honest >want.rrd
	for lie in gaszero gasjump; do
		liar $lie --fault "$lie=$lie_at+1h"
		consumed $lie | diff want -
		drawn $lie | diff want.rrd -
		lacks $lie
		[[ $(lacks $lie) =~ ^0\|1[123]$ ]] # stamps known only with a false value
	done
}

@test "imported: gas that is false within each stamp costs nothing at all" {
	local lie

	honest
	consumed honest >want
	for lie in gaszero gasjump; do
		liar $lie --fault $lie=2025-03-10T09:01:00Z+2m \
			--fault $lie=2025-03-10T09:16:00Z+2m
		consumed $lie | diff want -
		[ "$(lacks $lie)" = "0|0" ]
	done
}

@test "imported: a false counter or clock costs only its telegram" {
	local lie

	honest
	consumed honest >want
	for lie in back jump year2000; do
		liar $lie --fault $lie=2025-03-10T09:12:30Z+10s
		consumed $lie | diff want -
		[ "$(lacks $lie)" = "1|0" ]
	done
}

# A gas meter that is wrong most of the day would have the majority.
@test "imported: random lies all day: nothing false gets in" {
	honest
	liar mad --fault gaszero=0.001 --fault gasjump=0.0003 --fault back=0.01 \
		--fault jump=0.01 --fault year2000=0.01
	[ "$(sql "SELECT count(*) FROM hourly_wh WHERE import_wh < 0 OR
		gas_dm3 < 0 OR import_wh > 20000 OR gas_dm3 > 10000")" = 0 ]
	[ "$(sql "SELECT count(*) FROM yearly")" = 1 ]
}

# DSMR 2.2: no CRC, no time. About one in fifty telegrams is damaged.
@test "imported: flipped bits without a CRC: nothing false gets in" {
	local n damage

	for n in honest liar; do
		house $n
		damage=()
		[ $n = honest ] || damage=(--fault flip=0.02)
		p1sim --start "$start" --duration 8h --interval 10 --seed 4 \
			--dialect nl22 "${damage[@]}" >$n.p1
		p1logger -c "$ini" --import --time-from "$start+10" $n.p1
	done
	[ "$(db=$PWD/honest/p1.db rows)" = 2880 ]
	[ "$(rows)" -gt 2500 ]
	[ "$(sql "SELECT count(*) FROM quarantine WHERE reason = 'unproven'")" -gt 10 ]
	sql "ATTACH 'honest/p1.db' AS h;
		SELECT DISTINCT import_t1_wh, import_t2_wh, export_t1_wh FROM electricity
		EXCEPT SELECT import_t1_wh, import_t2_wh, export_t1_wh
		FROM h.electricity;
		SELECT value FROM mbus EXCEPT SELECT value FROM h.mbus;
		SELECT identifier FROM meters EXCEPT SELECT identifier FROM h.meters" >false
	cat false
	[ ! -s false ]
	p1logger -c "$ini" --verify
}
