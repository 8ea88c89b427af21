#!/usr/bin/env bats
# A reader as another user in the group, without write access: folder 2750,
# files 0640, as created by the service.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables and functions
load logger_helper

setup() {
	[ "$(id -u)" -eq 0 ] || skip "only root can be two users"
	logger_setup
	user_setup
	cp "$P1_BIN"/p1graph bin
	rmdir data
	chown 65533:65532 .
	write_ini "$port" "interval = 1" "commit = 1"
	chmod 644 "$ini"
	meter --interval 1
	chown 65533 "$(readlink -f "$port")"
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	[ -z "${reader_pid-}" ] || kill "$reader_pid" 2>/dev/null || true
	stop_meter
	[ ! -e log ] || sed 's/^/log: /' log
}

as_writer() {
	setpriv --reuid=65533 --regid=65532 --clear-groups "$@"
}

as_reader() { # in the writer's group
	setpriv --reuid=65534 --regid=65532 --clear-groups "$@"
}

write_once() {
	as_writer bin/p1logger --once -c "$ini"
}

service_of_another() {
	# Run it directly: otherwise the function's process would be killed.
	setpriv --reuid=65533 --regid=65532 --clear-groups \
		bin/p1logger -c "$ini" 2>log 3>&- 4>&- &
	service_pid=$!
}

files() {
	stat -c '%n %a %u' data data/p1.db*
}

reads() { # N: the reader sees at least N rows
	[ "$(as_reader sqlite3 -readonly "$db" \
		"SELECT count(*) FROM electricity")" -ge "$1" ]
}

@test "between runs from cron the reader sees everything and changes nothing" {
	write_once
	files >before
	cat before
	grep "data 2750 65533" before
	run ! grep -v "^data 2750\| 640 65533" before
	reads 1
	day=$(as_reader sqlite3 -readonly "$db" "SELECT max(day) FROM daily")
	as_reader bin/p1graph -c "$ini" --day "$day" -o - >day.png
	as_reader bin/p1logger -c "$ini" --verify
	files | diff before -
	run write_once
	silent
	reads 2
}

# The reader keeps a transaction open until `looked`.
begin_look() {
	mkfifo ask
	chmod 666 ask
	as_reader sqlite3 -readonly "$db" <ask >said 3>&- &
	reader_pid=$!
	exec 4>ask
	echo "BEGIN; SELECT count(*) FROM electricity;" >&4
	wait_for test -s said
}

looked() { # it saw a single state throughout
	echo "SELECT count(*) FROM electricity;" >&4
	exec 4>&-
	wait "$reader_pid"
	reader_pid=
	[ "$(sort -u said | wc -l)" -eq 1 ]
}

@test "while the service runs, too; a long read does not stop it" {
	service_of_another
	wait_for reads 2
	begin_look
	wait_for reads $(($(cat said) + 3))
	looked
	[ "$(wc -l <log)" -le 3 ]
}

@test "the reader comes before the service" {
	write_once
	begin_look
	service_of_another
	wait_for reads $(($(cat said) + 2))
	looked
	[ "$(wc -l <log)" -le 2 ]
}

@test "the reader cannot write, and gets an error" {
	write_once
	run as_reader sqlite3 "$db" "DELETE FROM electricity"
	[ "$status" -ne 0 ]
	[[ $output == *readonly* ]]
	run as_reader bin/p1logger --once -c "$ini"
	ends 77 "cannot open"
	reads 1
}

@test "the reader verifies the RRD files too" {
	cp "$P1_BIN"/p1rrd bin
	sed -i "s|^rrd.*|rrd = $PWD/data/rrd|" "$ini"
	write_once
	ls -l data/rrd >before
	run as_reader bin/p1logger -c "$ini" --verify
	[ "$status" -eq 0 ]
	ls -l data/rrd | diff before -
	[ -s data/rrd/electricity.rrd ]
}
