#!/usr/bin/env bats
# p1logger --restore: a backup comes back, the old database is kept, and
# followers notice.
# shellcheck disable=SC2154 # the helper's variables
load logger_helper

setup() {
	logger_setup
	sed -i "s|^rrd =|rrd = $PWD/rrd|" "$ini"
	mkdir to rrd
	sim 2026-11-18T00:00:00Z 60
	p1logger -c "$ini" --backup to
	copy=$(echo to/*.db)
	sim 2026-11-19T00:00:00Z 60
}

teardown() {
	stop_meter
	stop_holder
	[ -z "${service_pid-}" ] || kill "$service_pid" || true
}

sim() { # START N: a telegram every 10 minutes, from a new meter each day
	p1sim -n "$2" --start "$1" --seed "1${1:8:2}" --interval 600 --fast >telegrams
	p1logger -c "$ini" --import telegrams
}

restore() {
	p1logger -c "$ini" --restore "$@"
}

fetched() { # the electricity of all steps
	rrdtool fetch rrd/electricity.rrd AVERAGE -s "$(date -d 2026-11-18 +%s)" \
		-e "$(date -d 2026-11-20 +%s)"
}

@test "going back in time is refused, and nothing changes" {
	run restore "$copy"
	ends 1 "up to 2026-11-19T09:50:00Z" "only up to 2026-11-18T09:50:00Z" \
		"--force"
	[ "$(rows)" = 120 ]
	[ "$(ls data/*replaced* 2>/dev/null)" = "" ]
	[ ! -e "$db.restored" ]
}

@test "a folder is not a backup: the newest one in it is named" {
	cp "$copy" "${copy%/*}/p1-2020-01-01T0000Z.db"
	touch "${copy%/*}/p1-2099-01-01T0000Z.db.txt"
	run restore to
	ends 2 "nothing restored: to is a folder: name the backup" "in it, $copy"
	run p1logger -c "$ini" --verify to
	ends 2 "p1logger: to is a folder: name the backup" "in it, $copy"
	run restore "$PWD"
	ends 2 "$PWD is a folder without a backup of $db: name the backup"
	[ "$(rows)" = 120 ]
}

@test "with --force it goes back; the newer one is kept, the RRD files follow" {
	cp rrd/electricity.rrd with
	run restore "$copy" --force
	[ "$status" -eq 0 ]
	[[ $output == *"the old database is kept as $db.replaced-2"* ]]
	[ "$(rows)" = 60 ]
	[ "$(stat -c %a "$db")" = 640 ]
	[ "$(sql "SELECT count(*) FROM meta WHERE key = 'is_backup'")" = 0 ]
	old=$(find data -name '*replaced*Z')
	[ "$(sqlite3 -readonly "$old" "SELECT count(*) FROM electricity")" = 120 ]
	fetched >after
	p1rrd -c "$ini" --rebuild
	fetched >rebuilt
	cmp after rebuilt
	run ! cmp -s with rrd/electricity.rrd
}

@test "followers that were not running notice too, after more readings" {
	mv rrd kept
	mkdir rrd
	run restore "$copy" --force
	rm -r rrd
	sed -i "s|^rrd = .*|rrd =|" "$ini"
	for hour in 10 12 14 16 18; do
		sim "2026-11-18T$hour:00:00Z" 6
	done
	mv kept rrd
	sed -i "s|^rrd =|rrd = $PWD/rrd|" "$ini"
	p1rrd -c "$ini"
	fetched >after
	p1rrd -c "$ini" --rebuild
	fetched >rebuilt
	cmp after rebuilt
}

@test "a damaged database needs no --force" {
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)"
	dd if=/dev/urandom of="$db" bs=4096 seek=1 count=20 conv=notrunc \
		status=none
	run restore "$copy"
	[ "$status" -eq 0 ]
	[ "$(rows)" = 60 ]
	[ "$(sql "PRAGMA integrity_check")" = ok ]
}

@test "a missing database is created" {
	rm -r data
	run restore "$copy"
	[ "$status" -eq 0 ]
	[ "$(rows)" = 60 ]
	[ -z "$(find data -name '*replaced*')" ]
}

@test "a backup that is truncated, of another kind or newer is refused" {
	head -c 20000 "$copy" >cut.db
	run restore cut.db --force
	ends 74 "nothing restored: cut.db: "
	echo "no database at all, but some text" >text.db
	run restore text.db --force
	ends 65 "nothing restored: text.db is not a database"
	sqlite3 other.db "CREATE TABLE t (x)"
	run restore other.db --force
	ends 78 "other.db: it is not a p1logger database"
	sqlite3 "$copy" "PRAGMA user_version = 999"
	run restore "$copy" --force
	ends 78 "newer than this program"
	run restore nowhere.db
	ends 69 "nowhere.db"
	run restore "$db"
	ends 2 "is the database itself"
	[ "$(rows)" = 120 ]
}

@test "a running service is not disturbed" {
	meter --interval 1 --seed 3
	sed -i "s/^\[storage\]/[storage]\ninterval = 1\ncommit = 1/" "$ini"
	service
	wait_for has_rows 122
	run restore "$copy" --force
	ends 75 "nothing restored: " "stop it first, sudo systemctl stop p1logger"
	[ "$(rows)" -ge 122 ]
}

@test "a running reader keeps working" {
	mkfifo ask
	sqlite3 -readonly "$db" <ask >said 3>&- &
	holder_pid=$!
	exec 4>ask
	echo "BEGIN; SELECT count(*) FROM electricity;" >&4
	wait_for test -s said
	run restore "$copy" --force
	[ "$status" -eq 0 ]
	echo "SELECT count(*) FROM electricity;" >&4
	exec 4>&-
	wait "$holder_pid" || true
	holder_pid=
	[ "$(tail -n 1 said)" = 120 ]
	[ "$(rows)" = 60 ]
	[ "$(sql "PRAGMA integrity_check")" = ok ]
}

@test "--force without --restore" {
	run p1logger --force
	ends 2 "--force needs --restore"
}
