#!/usr/bin/env bats
# bats file_tags=plain
# fleet/schema.sql in a real PostgreSQL: what store() keeps, and the views.
# tests/fleet_send.py speaks for p1pg.
# shellcheck disable=SC2154,SC2030,SC2031 # the helpers' variables
bats_require_minimum_version 1.5.0
load helper
load postgres
load fleet_server

setup() {
	postgres_setup
	cd "$BATS_TEST_TMPDIR" || return
	postgres_new one
	fleet_schema
}

teardown() {
	postgres_teardown
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
	local cut last

	p1sim --start 2025-12-30T20:00:00Z --interval 60 -n 4440 --no-gas |
		awk '/^\// { n++ } { print >(n <= 3000 ? "first" : "second") }'
	home_database a first
	sql "SELECT fleet.add_home('a')"
	last=$(sqlite3 a.db "SELECT max(ts) FROM electricity")
	cut=$((last - 20000))
	send fleet_home_1 a.db j NULL 0 0 $((cut - 1))
	send fleet_home_1 a.db j 0 1 $cut $((2 ** 62)) -
	same_views fleet_home_1 a.db
	# More readings; then some of them turn out to be false.
	p1logger --import -c a.ini second
	send fleet_home_1 a.db j 1 2 $((last - 100)) $((2 ** 62)) -
	same_views fleet_home_1 a.db
	before=$(sql "SELECT sum(import_wh) FROM fleet.yearly_wh")
	p1logger --quarantine -c a.ini reject 2026-01-02T06:00:00Z..2026-01-04T00:00:00Z \
		--yes </dev/null
	send fleet_home_1 a.db j 2 3 $((last - 100)) $((2 ** 62)) -
	same_views fleet_home_1 a.db
	[ "$(sql "SELECT sum(import_wh) FROM fleet.yearly_wh")" != "$before" ]
}

@test "the schema can be installed again, and changes nothing" {
	day_of_clock_change
	home_database a swap
	sql "SELECT fleet.add_home('a')"
	send fleet_home_1 a.db j NULL 1
	for at in before after; do
		"$pg_bin/pg_dump" fleet | grep -v restrict >$at.sql
		fleet_schema
	done
	diff before.sql after.sql
	same_views fleet_home_1 a.db
	# One from a newer p1pg stays as it is.
	sql "UPDATE fleet.settings SET version = 2"
	run ! fleet_schema
	[[ $output = *"the schema has version 2"* ]]
}

@test "a server's administrator need not be superuser" {
	psql -qX -d postgres -c "CREATE ROLE admin LOGIN CREATEROLE" \
		-c "CREATE DATABASE village OWNER admin"
	export PGDATABASE=village PGUSER=admin
	psql -qX -U postgres -c "DROP DATABASE fleet" \
		-c "DROP ROLE fleet_home, fleet_reader, fleet_analyst"
	fleet_schema
	fleet_schema
	[ "$(sql "SELECT * FROM fleet.add_home('a')")" = "1|village_home_1" ]
	p1sim --start 2026-03-10T11:00:00Z --interval 60 -n 200 -o few
	home_database a few
	send village_home_1 a.db j NULL 1
	same_views village_home_1 a.db
	same_views admin a.db
	sql "SELECT fleet.remove_home('a')"
	[ "$(rows homes)" = 0 ]
	run ! sql -U village_home_1 "SELECT 1"
}

@test "a cursor moves once, whatever is repeated" {
	sql "SELECT fleet.add_home('a')"
	[ "$(sql -U fleet_home_1 "SELECT home, journal, id FROM fleet.cursor()")" = "1||" ]
	# Nothing was stored yet, so nothing can follow it.
	run ! one_row fleet_home_1 4 5 1780000000
	[[ $output = *P1001* ]]
	one_row fleet_home_1 NULL 5 1780000000
	one_row fleet_home_1 5 6 1780000300
	run ! one_row fleet_home_1 5 6 1780000300
	[[ $output = *"P1001"*"the cursor is not at 5"*"It is at 6"* ]]
	[ "$(rows readings)" = 2 ]
	run ! sql -U fleet_home_1 "SELECT fleet.store('other', 6, 6, 7, 7, 0, 9e18::bigint, '', '', '')"
	[ "$(rows readings)" = 2 ]
	# A row that PostgreSQL refuses takes the call with it.
	run ! one_row fleet_home_1 6 7 1780000600 x
	[ "$(sql -U fleet_home_1 "SELECT id FROM fleet.cursor()")" = 6 ]
	# A slice leaves the cursor where it is, and can be sent again.
	one_row fleet_home_1 6 6 1780000900 8
	one_row fleet_home_1 6 6 1780000900 9
	[ "$(sql "SELECT ts, import_wh FROM fleet.readings ORDER BY ts DESC LIMIT 1")" = \
		"1780000900|9" ]
	# Another journal: begin again.
	one_row fleet_home_1 NULL 1 1790000000
	[ "$(sql "SELECT ts FROM fleet.readings")" = 1790000000 ]
	run ! sql -U postgres -v VERBOSITY=verbose \
		"SELECT fleet.store('j', NULL, NULL, 1, 1, 0, 1, '', '', '')"
	[[ $output = *P1002* ]]
}

@test "of two calls at once, one moves the cursor" {
	local i pids=()

	sql "SELECT fleet.add_home('a')"
	one_row fleet_home_1 NULL 5 1780000000
	# The row is locked until both wait for it.
	mkfifo go
	psql -qAtX <go >/dev/null 2>&1 3>&- &
	exec 9>go
	echo "BEGIN; SELECT 1 FROM fleet.cursors FOR UPDATE;" >&9
	wait_for eval '[ "$(sql "SELECT count(*) FROM pg_locks AS l JOIN pg_class AS c
		ON c.oid = relation WHERE relname = '\''cursors'\'' AND mode = '\''RowShareLock'\''")" = 1 ]'
	for i in 1 2; do
		(one_row fleet_home_1 5 6 1780000300 >said$i 2>&1 && touch done$i) 3>&- 9>&- &
		pids[i]=$!
	done
	wait_for eval '[ "$(sql "SELECT count(*) FROM pg_stat_activity
		WHERE wait_event_type = '\''Lock'\''")" = 2 ]'
	exec 9>&-
	wait "${pids[@]}" || true
	[ "$(find . -name 'done*' | wc -l)" = 1 ]
	cat said1 said2 >said
	grep P1001 said
	[ "$(rows readings)" = 2 ]
}

@test "partitions are made ahead, and when a home needs one" {
	local month at

	sql "SELECT fleet.make_partitions(14)"
	month=$(date -ud "$(date -u +%Y-%m-01) +14 months" +%Y_%m)
	[ "$(sql "SELECT to_regclass('fleet.readings_$month') IS NOT NULL")" = t ]
	[ "$(sql "SELECT to_regclass('fleet.counter_to_${month%_*}') IS NOT NULL")" = t ]
	sql "SELECT fleet.add_home('a')"
	one_row fleet_home_1 NULL 1 1400000000
	[ "$(sql "SELECT tableoid::regclass FROM fleet.readings")" = fleet.readings_2014_05 ]
	[ "$(sql "SELECT tableoid::regclass FROM fleet.counter_from")" = fleet.counter_from_2014 ]
	# Not any number of them.
	for at in 900000000 $(($(date +%s) + 40000000)); do
		run ! one_row fleet_home_1 1 2 "$at"
		[[ $output = *P1003*"more than 400 days ahead"* ]]
	done
	[ "$(rows readings)" = 1 ]
}

@test "a home that is removed leaves nothing behind" {
	local name

	p1sim --start 2026-03-10T11:00:00Z --interval 60 -n 200 --water -o few
	home_database a few
	sql "SELECT fleet.add_home('a'), fleet.add_home('b')"
	send fleet_home_1 a.db j NULL 1
	send fleet_home_2 a.db j NULL 1
	run ! sql "SELECT fleet.remove_home('c')"
	sql "SELECT fleet.remove_home('a')"
	for name in $(sql "SELECT table_name FROM information_schema.columns
		WHERE table_schema = 'fleet' AND column_name = 'home' AND table_name IN
		(SELECT relname FROM pg_class WHERE relkind IN ('r', 'p'))"); do
		[ "$(rows "$name" "home = 1")" = 0 ]
	done
	[ "$(sql "SELECT count(*) FROM pg_roles WHERE rolname = 'fleet_home_1'")" = 0 ]
	same_views fleet_home_2 a.db
	# Its number is not given to another home.
	[ "$(sql "SELECT home FROM fleet.add_home('a')")" = 3 ]
}
