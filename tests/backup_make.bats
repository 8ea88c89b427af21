#!/usr/bin/env bats
# p1logger --backup: a copy that is known to be good, or none.
# shellcheck disable=SC2154 # the helper's variables
load logger_helper

setup() {
	logger_setup
	p1sim -n 300 --start 2026-11-20T10:00:00Z --interval 60 --fast \
		>telegrams
	p1logger -c "$ini" --import telegrams
	mkdir to
}

teardown() {
	stop_meter
	stop_holder
	[ -z "${service_pid-}" ] || kill "$service_pid" || true
}

backup() {
	p1logger -c "$ini" --backup "$@"
}

copies() {
	find to -type f
}

@test "a backup is complete, dated, for owner and group, and recorded" {
	run backup to
	silent
	local copy
	copy=$(copies)
	[[ $copy =~ ^to/p1-20[0-9-]{8}T[0-9]{4}Z\.db$ ]]
	[ "$(stat -c %a "$copy")" = 640 ]
	[ "$(sqlite3 -readonly "$copy" "SELECT count(*) FROM electricity")" = \
		"$(rows)" ]
	[ "$(sqlite3 -readonly "$copy" "PRAGMA integrity_check")" = ok ]
	[[ $(cat "$db.backup") =~ ^20[0-9T:-]{17}Z\ $(realpath "$copy")$ ]]
	[ "$(stat -c %a "$db.backup")" = 640 ]
	[ "$(copies | wc -l)" = 1 ] # no -wal file
}

@test "with --verbose one line with size, rows and the last reading" {
	run backup to --verbose
	ends 0 " bytes, " " rows, up to 2026-11-20T14:59:00Z"
}

@test "while a service commits every second" {
	meter --interval 1 --seed 3
	write_ini "$port" "interval = 1" "commit = 1"
	service
	wait_for has_rows 302
	local copy before=0 now
	for _ in 1 2 3 4; do
		run backup to
		silent
		copy=$(copies | sort | tail -n 1)
		[ "$(sqlite3 -readonly "$copy" "PRAGMA integrity_check")" = ok ]
		now=$(sqlite3 -readonly "$copy" \
			"SELECT count(*) FROM electricity")
		[ "$now" -gt "$before" ]
		before=$now
		wait_for has_rows $((now + 1))
	done
	run cat log
	[[ $output != *error* && $output != *locked* ]]
}

@test "one copy per day is kept, and other files are left alone" {
	for day in 01 02 03 04 05 06 07 08 09; do
		touch "to/p1-2026-10-${day}T0300Z.db"
	done
	touch to/p1-2026-10-09T0200Z.db to/p1-mine.db to/p10-2026-10-01T0300Z.db
	run backup to --keep 3
	silent
	run ls to
	echo "$output"
	[ "${#lines[@]}" = 5 ]
	[[ $output == *p1-2026-10-08T0300Z.db*p1-2026-10-09T0300Z.db* ]]
	[[ $output == *p1-mine.db*p10-2026* ]]
}

@test "a full disk: one line, no file, and the older copies stay" {
	touch to/p1-2026-10-01T0300Z.db to/p1-2026-10-02T0300Z.db
	if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=64k p1 to; then
		touch to/p1-2026-10-01T0300Z.db to/p1-2026-10-02T0300Z.db
		run backup to --keep 1
		copies >left
		umount to
	else
		trap '' XFSZ
		run bash -c "ulimit -f 64; p1logger -c '$ini' --backup to --keep 1"
		copies >left
	fi
	ends 74 "no backup: copying to to/"
	[ "$(wc -l <left)" = 2 ]
}

@test "a folder that is missing or not writable" {
	run backup nowhere
	ends 73 "no backup: " "nowhere"
	user_setup
	mkdir closed
	chmod 755 closed
	chmod 666 data/*
	run as_user bin/p1logger -c "$ini" --backup closed
	ends 77 "no backup: " "closed"
}

@test "a damaged database never makes a good backup" {
	touch to/p1-2026-10-01T0300Z.db
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)"
	pages=$(($(stat -c %s "$db") / 4096))
	dd if=/dev/urandom of="$db" bs=4096 seek=$((pages - 6)) count=4 \
		conv=notrunc status=none
	run backup to --keep 1
	[ "$status" -eq 74 ]
	[[ $output == "p1logger: no backup: "*damaged* ]]
	[ "$(copies)" = to/p1-2026-10-01T0300Z.db ]
}

@test "no database: reported with its path" {
	rm "$db"
	run backup to
	ends 69 "$db"
}

@test "--keep without --backup, and a wrong value" {
	run p1logger --keep 3
	ends 2 "--keep needs --backup"
	run p1logger --backup to --keep 0
	ends 2 "--keep: '0' is not a whole number from 1 to 3650"
}
