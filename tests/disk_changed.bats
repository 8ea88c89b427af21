#!/usr/bin/env bats
# A database changed by a bit error or a person: it is repaired, or replaced and
# the backup named, without a crash, a hang, or damage to a good file.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
	p1sim -n 303 --start 2026-11-20T00:00:00Z --interval 60 --fast >all
	csplit -s -z all '/^\//' '{*}' -f part -n 3
	cat part0* part1* part2* >tape
	cat part30[0-2] >late
	p1sim -n 1 --start 2026-11-21T12:00:00Z -o telegram
	write_ini "$PWD/telegram"
	p1logger -c "$ini" --import tape
	mkdir to
	p1logger -c "$ini" --backup to
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	copy=$(realpath to/*.db)
}

change() { # SQL: change it as another program
	sqlite3 "$db" "$1" >/dev/null
}

@test "a schema number that no version wrote: moved aside, and the backup named" {
	for number in -1 -2147483648 99999999; do
		rm -f data/*damaged*
		cp "$copy" "$db"
		rm -f "$db-wal" "$db-shm"
		change "PRAGMA user_version = $number"
		run p1logger -c "$ini" --import late
		ends 0 "its schema number $number is impossible; moved it to $db.damaged-" \
			"p1logger --restore $copy --force"
		[ "$(rows)" = 3 ]
	done
}

@test "one bit in the header of a backup: --restore refuses, and nothing changes" {
	cp "$db" good
	cp "$copy" copy.good
	printf '\200' | dd of="$copy" bs=1 seek=60 conv=notrunc status=none
	run p1logger -c "$ini" --restore "$copy" --force
	ends 74 "nothing restored: $copy: the database is damaged: its schema"
	cmp good "$db"
	[ -z "$(find data -name '*replaced*' -o -name '*restored*')" ]
}

@test "a counter near 2^63: its row is moved aside and reported; later ones are stored" {
	for value in 9223372036854775807 4611686018428387904 -9223372036854775808; do
		change "UPDATE electricity SET import_t1_wh = $value
			WHERE ts = (SELECT max(ts) FROM electricity)"
		run timeout 20 p1logger -c "$ini" --import late
		ends 0 "moved 1 row of the table electricity, with a time or a number that no meter sends, to the table damaged_row"
		[ "$(sql "SELECT content ->> 'import_t1_wh' FROM damaged_row ORDER BY id DESC LIMIT 1")" = "$value" ]
		p1logger -c "$ini" --verify
	done
	[ "$(rows)" = 302 ] # the last of 300, then of 302, went and came back
}

@test "--verify reports a number that no meter sends" {
	change "UPDATE phases SET voltage_l1_mv = 4611686018427387904
		WHERE ts = (SELECT min(ts) FROM phases)"
	run p1logger -c "$ini" --verify
	echo "$output"
	[ "$status" -eq 65 ]
	[[ ${lines[0]} == "phases: no meter sends {"*'"voltage_l1_mv":4611686018427387904,'* ]]
}

@test "a row of the year 5000 does not become the newest reading" {
	change "INSERT INTO electricity (ts, import_t1_wh, time_source)
		VALUES (95617584000, 1, 0)"
	run timeout 20 p1logger -c "$ini" --import late
	ends 0 "to the table damaged_row"
	[ "$(sql "SELECT count(*) FROM daily")" = 1 ]
}

@test "a dropped view is recreated, and readers report it until then" {
	look_for_leaks
	change "DROP VIEW daily_wh"
	run p1graph -c "$ini" --day -o day.png
	ends 78 "its tables or views are not as p1logger made them"
	run p1logger -c "$ini" --import late
	ends 0 "the view daily_wh was missing: recreated"
	[ "$(sql "SELECT count(*) FROM daily")" = 1 ]
	p1graph -c "$ini" --day -o day.png || [ $? = 65 ] # none today
	p1logger -c "$ini" --verify
}

@test "a column that a person added to each table does no harm" {
	for table in $(sql "SELECT name FROM sqlite_schema WHERE type = 'table'"); do
		change "ALTER TABLE $table ADD COLUMN mine INTEGER"
	done
	p1logger -c "$ini" --import late
	[ "$(rows)" = 303 ]
	p1logger -c "$ini" --verify
}

@test "a person's trigger does not affect what p1logger writes" {
	change "CREATE TRIGGER mine AFTER INSERT ON electricity
		BEGIN DELETE FROM electricity; END"
	run p1logger -c "$ini" --import late
	silent
	[ "$(rows)" = 303 ]
}

@test "a row from ten years ago before today's: files, views and --verify" {
	sed -i "s|^rrd =|rrd = $PWD/rrd|" "$ini"
	mkdir rrd
	p1sim -n 1 --start 2016-01-02T00:00:00Z --fast |
		p1logger -c "$ini" --import -
	[ "$(rows)" = 301 ]
	p1rrd -c "$ini"
	p1rrd -c "$ini" --verify
	[ "$(sql "SELECT count(*) FROM yearly WHERE year IN (2016, 2026)")" = 2 ]
}

@test "a damaged database and all programs: no crash, no hang, no good file harmed" {
	run python3 "$BATS_TEST_DIRNAME/soak/damage.py" --times 5 --seed 7
	echo "$output"
	[ "$status" -eq 0 ]
}
