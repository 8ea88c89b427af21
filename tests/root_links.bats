#!/usr/bin/env bats
# Root works in the folder of the service's user, who may plant any link there:
# root writes only where that user may write.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
	[ "$(id -u)" -eq 0 ] || skip "only root can be two users"
	user_setup
	cp "$P1_BIN"/p1rrd bin
	rmdir data
	install -d -o 65533 -g 65532 -m 2750 data
	install -d -m 700 of_root
	echo precious >of_root/file
	victim=$PWD/of_root/file
	write_ini "$port"
	sed -i "s|^rrd.*|rrd = $PWD/data/rrd|" "$ini"
	printf '%s\n' "[graphs]" "folder = $PWD/data/graphs" "[files]" \
		"telegrams = $PWD/data/telegrams/%Y-%m-%d.txt" >>"$ini"
	chmod 644 "$ini"
	p1sim --start 2026-01-01 --duration 1d --interval 300 -o telegrams
	chmod 644 telegrams
	as_owner bin/p1logger -c "$ini" --import telegrams
}

teardown() {
	stop_meter
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
}

as_owner() {
	setpriv --reuid=65533 --regid=65532 --clear-groups "$@"
}

plant() { # NAME [TARGET]: plant the user's link in place of what is there
	as_owner rm -rf "data/$1"
	as_owner ln -s "${2-$victim}" "data/$1"
}

unharmed() { # root's files have not changed
	[ "$(cat of_root/file)" = precious ]
	[ "$(stat -c '%a %u' of_root/file)" = "600 0" ] ||
		[ "$(stat -c '%a %u' of_root/file)" = "644 0" ]
	[ "$(ls of_root)" = file ]
}

of_owner() { # FILE...: give them to the user, like those of the service
	local f
	for f; do
		[ ! -L "$f" ]
		[ "$(stat -c '%u %g' "$f")" = "65533 65532" ]
	done
}

@test "a backup by root: the record beside the database, and the copy's own name" {
	plant p1.db.backup.new
	as_owner mkdir data/backups
	plant backups/.p1logger-backup
	plant backups/.p1logger-backup-journal
	p1logger -c "$ini" --backup data/backups
	unharmed
	of_owner data/p1.db.backup data/backups/p1-*.db
	[ "$(stat -c %a data/p1.db.backup)" = 640 ]
}

@test "a backup to a folder that is the user's link: only to the user's own folders" {
	plant backups "$PWD/of_root"
	run p1logger -c "$ini" --backup data/backups
	[ "$status" -ne 0 ]
	[[ $output == *"symbolic link"* ]]
	unharmed
	as_owner mkdir data/elsewhere
	plant backups "$PWD/data/elsewhere"
	p1logger -c "$ini" --backup data/backups
	of_owner data/elsewhere/p1-*.db
}

@test "--once by root: lock, port, archive and RRD files" {
	as_owner sh -c "rm data/p1.db*"
	clock_is 2026-03-10T12:00:00Z
	meter --interval 1 --start 2026-03-10T12:00:00Z
	plant p1.db.port.new
	as_owner mkdir -p data/telegrams
	plant "telegrams/2026-03-10.txt"
	for f in electricity gas water; do
		plant "rrd/$f.rrd"
		plant "rrd/$f.rrd.p1rrd"
	done
	plant rrd/p1rrd.state
	plant rrd/p1rrd.state.new
	run once
	[[ $output == *telegrams/2026-03-10.txt:* ]]
	unharmed
	of_owner data/p1.db data/p1.db-wal data/p1.db-shm data/p1.db.port
	of_owner data/rrd/electricity.rrd data/rrd/p1rrd.state
	plant p1.db.lock
	run once
	ends 77 "symbolic link"
	unharmed
}

@test "the RRD folder, its lock, the charts and their folder" {
	plant rrd/p1rrd.lock
	run p1rrd -c "$ini"
	ends 73 "symbolic link"
	plant rrd "$PWD/of_root"
	run p1rrd -c "$ini" --rebuild
	[ "$status" -ne 0 ]
	unharmed
	as_owner mkdir data/graphs
	plant graphs/day-2026-01-01.png
	run p1graph -c "$ini" --day 2026-01-01
	[ "$status" -eq 73 ]
	unharmed
	plant graphs "$PWD/of_root"
	run p1graph -c "$ini" --day 2026-01-01
	[ "$status" -eq 73 ]
	unharmed
}

@test "a daily file gzipped by root" {
	as_owner sh -c "rm data/p1.db*"
	as_owner mkdir data/telegrams
	as_owner sh -c 'echo old >data/telegrams/2026-01-01.txt'
	plant telegrams/2026-01-01.txt.gz.part
	meter --interval 1
	once
	unharmed
	of_owner data/telegrams/*
	[ "$(zcat data/telegrams/2026-01-01.txt.gz)" = old ]
}

@test "the database itself, and SQLite's files beside it" {
	sqlite3 of_root/other.db "CREATE TABLE t (x); PRAGMA user_version"
	cp of_root/other.db before.db
	plant p1.db "$PWD/of_root/other.db"
	for run in --import --backup; do
		run p1logger -c "$ini" "$run" telegrams
		ends 78 "database" "symbolic link"
	done
	cmp of_root/other.db before.db
	rm of_root/other.db
	unharmed
	as_owner rm data/p1.db
	for f in p1.db-wal p1.db-shm p1.db-journal; do
		plant "$f"
	done
	run p1logger -c "$ini" --import telegrams
	unharmed
}

# renameat2(RENAME_EXCHANGE): the link is there half of the time.
exchange() { # A B: until it is killed
	exec python3 -c "
import ctypes, os, sys
os.setgroups([]), os.setresgid(*[65532] * 3), os.setresuid(*[65533] * 3)
libc = ctypes.CDLL(None)
a, b = (name.encode() for name in sys.argv[1:])
while True:
    libc.renameat2(-100, a, -100, b, 2)" "$@"
}

@test "a folder keeps being exchanged for a link while root works there" {
	as_owner mkdir -p data/in
	as_owner ln -s "$PWD/of_root" data/link
	sed -i "s|^database.*|database = $PWD/data/in/p1.db|; s|^rrd.*|rrd = $PWD/data/in/rrd|" "$ini"
	exchange data/in data/link 3>&- &
	service_pid=$!
	wait_for test -L data/in
	for ((i = 0; i < 20; i++)); do
		p1logger -c "$ini" --import telegrams 2>/dev/null || true
		p1graph -c "$ini" --day 2026-01-01 -o data/in/day.png 2>/dev/null || true
		unharmed
	done
}

@test "root's own link is followed, a user's link only to the user's own files" {
	as_owner mkdir data/other
	mv data/p1.db* data/other
	ln -s other/p1.db data/p1.db
	p1logger -c "$ini" --import telegrams
	plant p1.db "$PWD/data/other/p1.db"
	p1logger -c "$ini" --backup "$PWD/of_root"
	rm of_root/p1-*.db
	unharmed
	of_owner data/other/p1.db data/other/p1.db.backup data/other/p1.db.lock
	run ! ls data/p1.db.*
}
