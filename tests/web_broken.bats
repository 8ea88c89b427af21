#!/usr/bin/env bats
# p1web with a database that it cannot read, and after that with one that it can.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	look_for_leaks
	web_setup 60
	sqlite3 "$db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
}

teardown() {
	web_teardown
}

# Every question of the page is told what is wrong, and goes on later.
tells() { # WORD...
	local path word

	for path in /api/v1/current /api/v1/today /api/v1/meters /api/v1/history \
		/api/v1/held /health /plain; do
		run get "$path" -w '%{http_code}' # as JSON or as a page
		echo "$path: $output"
		[ "${output: -3}" = 503 ]
		for word; do
			[[ $output == *"$word"* ]]
		done
	done
	run get /plain
	[[ $output == '<!DOCTYPE html>'*'–'*"$1"*'</html>' ]]
	[ "$(status_of /)" = 200 ]
}

recovers() {
	local path

	for path in /api/v1/current /api/v1/today /api/v1/meters /api/v1/history \
		/api/v1/held /plain; do
		[ "$(status_of "$path")" = 200 ]
	done
}

@test "a missing database" {
	mkdir away
	mv "$db"* away
	web
	tells "p1web cannot read the database: it does not exist; p1logger creates it with its first reading"
	mv away/* "$(dirname "$db")"
	recovers
}

@test "a database that is damaged: its head, its end, all of it" {
	cp "$db" good
	web
	recovers
	for kind in head zeros empty text; do
		echo "$kind"
		case $kind in
		head) printf 'x%.0s' {1..100} ;;
		zeros) head -c 100000 /dev/zero ;;
		empty) : ;;
		text) echo "this is not a database" ;;
		esac >bad
		mv bad "$db"
		[ "$(status_of /health)" != 000 ]
		kill -TERM "$web_pid"
		wait "$web_pid"
		web
		tells "p1web cannot read the database: "
		cp good new
		mv new "$db"
		recovers
	done
}

@test "a database that is damaged while p1web reads it" {
	cp "$db" good
	web
	recovers
	size=$(stat -c %s "$db")
	# All pages but the first, in place.
	dd if=/dev/urandom of="$db" bs=4096 seek=1 count=$((size / 4096 - 1)) \
		conv=notrunc status=none
	for path in /api/v1/current /api/v1/meters /api/v1/history /plain; do
		run get "$path?x=$RANDOM" -w '%{http_code}'
		echo "$path: $output"
		[[ $output == *503 || $output == *200 ]]
		[[ $output != *'"code":500'* ]]
	done
	cp good new
	mv new "$db"
	wait_for recovers
}

@test "a database of another program or version" {
	rm "$db"*
	sqlite3 "$db" "CREATE TABLE t(x); INSERT INTO t VALUES(1)"
	web
	tells "p1web cannot read the database: "
}
