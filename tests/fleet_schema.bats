#!/usr/bin/env bats
# bats file_tags=plain
# fleet/schema.sql in a real PostgreSQL: what store() keeps, and the views.
# tests/fleet_send.py speaks for p1pg.
# shellcheck disable=SC2154,SC2030,SC2031 # the helpers' variables
bats_require_minimum_version 1.5.0
load helper
load postgres

setup() {
	postgres_setup
	cd "$BATS_TEST_TMPDIR" || return
	postgres_new one
	fleet_schema
}

teardown() {
	postgres_teardown
}

# A home's own database. Its streams are files of telegrams.
home_database() { # NAME STREAM...
	printf '%s\n' "[storage]" "database = $PWD/$1.db" "rrd =" \
		"timezone = Europe/Amsterdam" "interval = 60" >"$1.ini"
	p1logger --import -c "$1.ini" "${@:2}"
}

send() { # ROLE DATABASE ARGUMENT... of fleet_send.py
	"$BATS_TEST_DIRNAME/fleet_send.py" "${@:2}" >send.sql
	psql -qAtX -v ON_ERROR_STOP=1 -v VERBOSITY=verbose -U "$1" -f send.sql
}

# Each view of the home has the same cells as in its own database. Whole numbers of
# kWh are 1.0 for sqlite3, and 1 for psql.
same_views() { # ROLE DATABASE
	local columns period view

	for view in hourly daily monthly yearly quarter {hour,dai,month,year}ly_wh; do
		period=start_ts
		columns=$(sqlite3 "$2" "SELECT group_concat('\"' || name || '\"')
			FROM pragma_table_info('$view')")
		sqlite3 -csv "$2" "SELECT * FROM $view ORDER BY $period" |
			sed -E 's/\.0(,|\r?$)/\1/g; s/"//g; s/\r//' >theirs
		psql -X --csv -t -U "$1" -c "SELECT $columns FROM fleet.$view ORDER BY $period" >ours
		[ -s theirs ]
		diff theirs ours
	done
}

rows() { # TABLE [CONDITION]: how many
	sql "SELECT count(*) FROM fleet.$1 WHERE ${2-true}"
}

day_of_clock_change() {
	p1sim --start 2026-10-23T11:02:00Z --interval 60 -n 5000 --water --heat \
		--meter-swap 2026-10-24T15:07:00Z --gap 2026-10-25T09:50:00Z+5h -o swap
}

@test "a home's views equal those of its own database" {
	day_of_clock_change
	home_database a swap
	sql "SELECT fleet.add_home('a')"
	send fleet_home_1 a.db j NULL 1
	same_views fleet_home_1 a.db
	[ "$(rows runs)" -gt 4 ]
	[ "$(sql -U fleet_home_1 "SELECT home, journal, id, written, schema FROM fleet.cursor()")" = \
		"1|j|1|1001|1" ]
	for table in electricity phases; do
		[ "$(rows $table)" -eq "$(sqlite3 a.db "SELECT count(*) FROM $table")" ]
	done
	[ "$(sql "SELECT sum(value), sum(ts) FROM fleet.mbus")" = \
		"$(sqlite3 a.db "SELECT sum(value), sum(ts) FROM mbus")" ]
}

@test "views stay equal as ranges are sent again, in any slices" {
	local cut

	p1sim --start 2025-12-30T20:00:00Z --interval 60 -n 3000 -o first
	home_database a first
	sql "SELECT fleet.add_home('a')"
	cut=$(($(sqlite3 a.db "SELECT max(ts) FROM electricity") - 20000))
	send fleet_home_1 a.db j NULL 0 0 $((cut - 1))
	send fleet_home_1 a.db j 0 1 $cut $((2 ** 62)) -
	same_views fleet_home_1 a.db
	# A day later, and then a reading that turns out to be false is withdrawn.
	p1sim --start 2026-01-02T00:00:00Z --interval 60 -n 1440 \
		--initial import_t1=6000 -o second
	p1logger --import -c a.ini second
	send fleet_home_1 a.db j 1 2 $cut $((2 ** 62)) -
	same_views fleet_home_1 a.db
	before=$(sqlite3 a.db "SELECT sum(import_wh) FROM yearly_wh")
	sqlite3 a.db "SELECT count(*) FROM electricity WHERE meter = 1"
	p1logger --quarantine -c a.ini --help >/dev/null
}
