#!/usr/bin/env bats
# Requests over the service's socket, while it continues to read.
# shellcheck disable=SC2154 # the helper's variables
load logger_helper

setup() {
	logger_setup
	mkdir to
	meter --interval 1
	write_ini "$port" "interval = 1" "commit = 1" \
		"[backup]" "folder = $PWD/to"
	service
	wait_for has_rows 2
}

teardown() {
	stop_meter
	stop_holder
	[ -z "${service_pid-}" ] || kill "$service_pid" || true
	cat log
}

ask() { # TEXT: print the response
	printf '%s' "$1" | socat -t 20 - "UNIX-CONNECT:$db.requests"
}

has_started() { # N times
	[ "$(grep -c started log)" = "$1" ]
}

copies() {
	find to -name '*.db' | wc -l
}

value() { # KEY: from the JSON on standard input
	python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"
}

@test "a backup, and its verification, are a line of JSON each" {
	ask $'backup\n' >made
	cat made
	file=$(value file <made)
	[ "$(find "$PWD/to" -type f)" = "$file" ]
	[ "$(stat -c %s "$file")" = "$(value bytes <made)" ]
	ask $'verify\n' >checked
	cat checked
	[ "$(value file <checked)" = "$file" ]
	[ "$(value rows <checked)" = "$(value rows <made)" ]
	[ "$(value wrong <checked)" = "[]" ]
}

@test "a damaged backup is distinguished from a good one" {
	file=$(ask $'backup\n' | value file)
	sqlite3 "$file" "UPDATE electricity SET import_t1_wh = 1
		WHERE ts = (SELECT max(ts) FROM electricity)"
	ask $'verify\n' >checked
	cat checked
	[ "$(value found <checked)" -ge 1 ]
	[[ $(value wrong <checked) == *"falls to 1"* ]]
	run p1logger -c "$ini" --verify "$file"
	[ "$status" -eq 65 ]
	run p1logger -c "$ini" --verify --last-backup
	[ "$status" -eq 65 ]
	[[ $output == *"falls to 1"* ]]
	[[ $output == *" problem"*" in $file"* ]]
}

@test "an invalid request is reported; a silent client is dropped" {
	[[ $(ask $'restore\n') == "the valid requests are backup and verify" ]]
	[[ $(ask "$(head -c 100 /dev/zero | tr '\0' x)") == "this is not a request" ]]
	hold socat -u "UNIX-CONNECT:$db.requests" OPEN:said,creat
	wait_for test ! -e "/proc/$holder_pid"
	[ "$(ask $'backup\n' | value removed)" = 0 ]
	wait_for has_rows $(($(rows) + 2))
}

@test "a failing backup is a sentence, and the service continues" {
	rmdir to
	run ask $'backup\n'
	[[ $output == *"no backup: the folder $PWD/to does not exist: "* ]]
	wait_for has_rows $(($(rows) + 2))
}

@test "the socket belongs to the group, disappears with the service, and may be left over" {
	[ "$(stat -c %a "$db.requests")" = 660 ]
	kill -HUP "$service_pid"
	wait_for has_started 2
	[[ $(ask $'backup\n') == "{"* ]]
	kill -KILL "$service_pid"
	wait "$service_pid" || true
	[ -S "$db.requests" ]
	service
	wait_for has_rows $(($(rows) + 1))
	[[ $(ask $'verify\n') == "{"* ]]
	kill "$service_pid"
	wait "$service_pid"
	service_pid=
	[ ! -e "$db.requests" ]
}

@test "without a folder, or with socket = off, there is no socket" {
	kill "$service_pid"
	wait "$service_pid"
	sed -i 's|^folder =.*|folder =|' "$ini"
	service
	wait_for has_rows $(($(rows) + 1))
	[ ! -e "$db.requests" ]
	kill "$service_pid"
	wait "$service_pid"
	sed -i "s|^folder =.*|folder = $PWD/to\nsocket = off|" "$ini"
	service
	wait_for has_rows $(($(rows) + 1))
	[ ! -e "$db.requests" ]
	[ "$(copies)" = 0 ]
}

@test "--json and --last-backup require their mode" {
	run p1logger -c "$ini" --verify --last-backup
	ends 69 "has no record of a backup"
	run p1logger --verify --json
	ends 2 "--json needs --backup, or --verify of a backup"
	run p1logger --once --last-backup
	ends 2 "--last-backup needs --verify"
	run p1logger --verify one two
	ends 2 "--verify one backup"
	run p1logger -c "$ini" --verify nowhere.db
	ends 69 nowhere.db
}
