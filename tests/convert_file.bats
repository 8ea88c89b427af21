#!/usr/bin/env bats
# bats file_tags=plain
# Convert a database of schema 5, from before the first release: with the
# programs, on full or failing disks, and killed.
# shellcheck disable=SC2154,SC2034 # the helper's variables
load logger_helper

setup() {
	logger_setup
	sed -i "s|^rrd =|rrd = $PWD/rrd|" "$ini"
	mkdir data rrd
	old_database "$db"
	: >fault
}

teardown() {
	stop_meter
	[ -z "${service_pid-}" ] || kill "$service_pid" || true
	[ ! -e log ] || sed 's/^/log: /' log
}

old_database() { # FILE [SCRIPT]: more to do
	local script

	for script in schema_5 months_5 ${2-}; do
		cat "$BATS_TEST_DIRNAME/storage/$script.sql"
	done | sqlite3 "$1" >/dev/null
	chmod 640 "$1"
}

# Open the database for writing, without a telegram.
convert() {
	: >empty
	run p1logger -c "$ini" --import empty
}

on_disk() { # COMMAND...: run it with the file fault
	LD_PRELOAD=$P1_BIN/tests/disk.so P1_DISK=$PWD/data \
		P1_DISK_FAULT=$PWD/fault ASAN_OPTIONS=verify_asan_link_order=0 "$@"
}

convert_on_disk() { # FAULT
	echo "$1" >fault
	: >empty
	run on_disk p1logger -c "$ini" --import empty
	: >fault
}

version() { # [FILE]
	sqlite3 -readonly "${1:-$db}" "PRAGMA user_version"
}

aside() {
	find data -name 'p1.db.schema-5-*Z'
}

# The totals of the days match the table truth, except for the two of 120 that
# meet in a gap.
days_are_true() {
	[ "$(sql "SELECT count(*),
	  sum(d.import_wh = e.t1_wh + e.t2_wh - s.t1_wh - s.t2_wh),
	  sum(d.import_t1_wh = e.t1_wh - s.t1_wh),
	  sum(d.import_t2_wh = e.t2_wh - s.t2_wh),
	  sum(d.export_wh = e.export_wh - s.export_wh),
	  sum(d.gas_dm3 = e.gas_dm3 - s.gas_dm3),
	  sum(d.water_dm3 = e.water_dm3 - s.water_dm3)
	  FROM daily_wh AS d JOIN truth AS s ON s.ts = d.start_ts
	  JOIN truth AS e ON e.ts = d.end_ts")" = "120|118|118|118|118|120|120" ]
}

# The sum of all days.
totals_are_true() {
	days_are_true
	[ "$(sql "SELECT sum(import_wh) = (SELECT max(t1_wh + t2_wh) FROM truth),
	  sum(export_wh) = (SELECT max(export_wh) FROM truth),
	  sum(gas_dm3) = (SELECT max(gas_dm3) FROM truth),
	  sum(water_dm3) = (SELECT max(water_dm3) FROM truth)
	  FROM yearly_wh")" = "1|1|1|1" ]
}

has_new_rows() {
	[ "$(sql "SELECT max(ts) > 1777600000 FROM electricity")" = 1 ]
}

@test "four months with two meters, a reset, a gap: each day's total stays" {
	convert
	[[ $output == *"$db has schema 5: converting it to schema 7"* ]]
	[[ $output == *"$db now has schema 7; the file with schema 5 is kept as $db.schema-5-20"* ]]
	totals_are_true
	[ "$(sql "SELECT count(*), sum(rejected), sum(count) FROM quarantine")" = "21|10|32" ]
	[ "$(sql "SELECT count(*), sum(accepted) FROM pin")" = "9|3" ]
	[ "$(stat -c %a "$db")" = 640 ]
	[ "$(version "$(aside)")" = 5 ]
	sed -i "s|^rrd =.*|rrd =|" "$ini"
	run -0 p1logger -c "$ini" --verify
}

@test "afterwards the RRD files are built or rebuilt, and --verify agrees" {
	convert
	p1rrd -c "$ini"
	run -0 p1logger -c "$ini" --verify
	rm "$db" "$db"-*
	old_database "$db"
	convert
	p1rrd -c "$ini"
	run -0 p1logger -c "$ini" --verify
	run -0 p1rrd -c "$ini" --verify
}

@test "the service continues with it, and logs the conversion" {
	write_ini "$port" "interval = 1" "commit = 1"
	meter --interval 1
	service
	wait_for grep "now has schema 7; the file with schema 5 is kept as" log
	wait_for has_new_rows
	stop_service
	days_are_true
}

@test "readers ask for a run of p1logger, and leave the file alone" {
	before=$(sha256sum "$db")
	for command in "p1logger --verify" "p1rrd" "p1graph -o ."; do
		# shellcheck disable=SC2086 # words
		run -78 $command -c "$ini"
		[[ $output == *"its schema 5 is older than this program's 7: run p1logger once"* ]]
	done
	[ "$(sha256sum "$db")" = "$before" ]
}

@test "a backup of schema 5 is restored and converted" {
	mkdir to
	p1logger -c "$ini" --backup to
	rm "$db" "$db"-*
	run -0 p1logger -c "$ini" --restore to/*.db
	[[ $output == *"now has schema 7"* ]]
	totals_are_true
	# also over a converted one
	run -0 p1logger -c "$ini" --restore to/*.db --force
	totals_are_true
	[ "$(sql "SELECT count(*) FROM meta WHERE key = 'is_backup'")" = 0 ]
}

@test "without enough room, one line says how much is needed, and nothing changes" {
	before=$(sha256sum "$db")
	convert_on_disk "room 3"
	[ "$status" -eq 74 ]
	[[ $output == *"too little room for a second file: it takes "*" MB and 3 MB are free; free "*" MB more and start p1logger again" ]]
	[ "$(sha256sum "$db")" = "$before" ]
	[ "$(ls data)" = "$(printf '%s\n' p1.db p1.db-shm p1.db-wal p1.db.lock)" ]
	convert_on_disk "room 100"
	totals_are_true
}

@test "a disk that fills up anyway leaves the old database, and nothing else" {
	convert_on_disk "write ENOSPC 200"
	[ "$status" -eq 74 ]
	[[ $output == *"converting it from schema 5: "*"the disk is full"* ]]
	[ "$(version)" = 5 ]
	[ "$(find data -name '*convert*')" = "" ]
	convert
	totals_are_true
}

fails_in_turn() { # KIND N: each of the first N calls of a conversion
	rm "$db"
	old_database old.db hours_5
	before=$(sqlite3 old.db "SELECT count(*) FROM electricity")
	for ((n = 1; n <= $2; n++)); do
		cp -p old.db "$db"
		convert_on_disk "$1 EIO $n 1"
		[[ $(version) == [57] ]]
		[ "$(sql "SELECT count(*) FROM electricity")" = "$before" ]
		convert
		totals_are_true
		rm data/*
	done
}

@test "if any sync fails, the old or the new database is left" {
	fails_in_turn sync 11
}

@test "if any rename fails, the old or the new database is left" {
	fails_in_turn change 21
}

@test "killed at any instant, the old or the new database is left" {
	python3 "$BATS_TEST_DIRNAME/power/convert.py" --kills 6
}
