#!/usr/bin/env bats
# p1web as its own user, with read access to the history only, as its unit runs
# it; and who may decide what the page shows.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables and functions
load web_helper

logger=(setpriv --reuid=65533 --regid=65532 --clear-groups)
web=(setpriv --reuid=65531 --regid=65532 --clear-groups)
member=(setpriv --reuid=65530 --regid=65532 --clear-groups)

setup() {
	[ "$(id -u)" -eq 0 ] || skip "only root can be several users"
	command -v p1web >/dev/null || skip "p1web is not built"
	logger_setup
	user_setup
	touch log
	cp "$P1_BIN"/p1web "$P1_BIN"/p1graph bin
	rmdir data
	install -d -o 65533 -g 65532 -m 2750 data
	install -d -o 65531 -g 65532 -m 2750 run
	web_port=$(free_port) url=http://127.0.0.1:$web_port
	write_ini "$port" "interval = 1" "commit = 1"
	forward_to "[feed]" "folder = $PWD/run" "[web]" \
		"listen = 127.0.0.1:$web_port" "rate = 0" "work = 0"
	chmod 644 "$ini"
	feed=$PWD/run/${db//\//-}.feed
}

teardown() {
	web_teardown
}

# Its view of the folder is read-only, as with ReadOnlyPaths=, where this
# machine allows it.
read_only() { # COMMAND...
	# shellcheck disable=SC2016 # the inner shell's
	if unshare --mount true 2>/dev/null; then
		exec unshare --mount sh -c 'mount --bind "$0" "$0" &&
			mount -o remount,bind,ro "$0" && exec "$@"' "$PWD/data" "$@"
	fi
	exec "$@"
}

web_of_another() { # p1web, in a read-only view
	read_only "${web[@]}" bin/p1web -c "$ini" 2>weblog 3>&- &
	web_pid=$!
	receivers+=("$web_pid")
	wait_for answers
}

history() { # an hour in the past
	p1sim --start 2026-03-10T11:00:00Z -n 60 >tape
	chmod 644 tape
	"${logger[@]}" bin/p1logger --import -c "$ini" tape
}

service_of_logger() {
	LD_PRELOAD=$PWD/bin/shim.so ASAN_OPTIONS=verify_asan_link_order=0 \
		setpriv --reuid=65533 --regid=65532 --clear-groups \
		bin/p1logger -c "$ini" 2>log 3>&- &
	service_pid=$!
	wait_for has_rows 2
}

begin_meter() {
	meter --interval 1
	chown 65533 "$(readlink -f "$port")"
}

say_as() { # USER JSON
	local -n user=$1

	printf '%s' "$2" | "${user[@]}" socat -u STDIN "UNIX-SENDTO:$feed"
}

health_is() { # STATUS
	[ "$(status_of /health)" = "$1" ]
}

@test "it reads everything, gets each reading and leaves the folder unchanged" {
	begin_meter
	service_of_logger
	stop_service
	stat -c '%n %s %y %a %u' data data/* >before
	web_of_another
	[ "$(stat -c '%a %u' "$feed")" = "660 65531" ]
	get "/api/v1/history?resolution=day&from=2026" | grep import_kwh
	[ "$(status_of /graph/day.png)" = 200 ]
	stat -c '%n %s %y %a %u' data data/* | diff before -
	receiver client listen 3 >heard
	service_of_logger
	wait_for has_lines heard 3
	wait_for health_is 200
	stop_service
}

@test "with a running service it reads that one's rows, also without the feed" {
	begin_meter
	service_of_logger
	sed -i "s|^folder = .*run|folder = $PWD/nowhere|" "$ini"
	web_of_another
	grep "without a feed, only stored readings are shown" weblog
	for seen in 1 2 3; do
		get /api/v1/current >"current$seen"
		wait_for differs "current$seen"
	done
	stop_service
}

differs() { # FILE: from the newest reading
	! get /api/v1/current | cmp -s "$1" -
}

@test "it cannot write the history" {
	history
	run "${web[@]}" sqlite3 "$db" "DELETE FROM electricity"
	[[ $output == *readonly* ]]
	run ! "${web[@]}" touch data/new
	run ! "${web[@]}" sh -c ": >>'$db'"
	run ! "${web[@]}" rm -f "$db-wal"
}

@test "a reading from another member of the group is refused, and reported once" {
	history
	web_of_another
	for i in 1 2 3; do
		say_as member '{"time":"2026-03-10T12:00:00Z","power_import":99.900}'
	done
	wait_for grep "from user 65530 refused" weblog
	health_is 503
	run ! grep -F 99.9 <(get /api/v1/current)
	say_as logger '{"time":"2026-03-10T12:00:01Z","power_import":1.500}'
	wait_for health_is 200
	get /api/v1/current | grep -F 1.500
	[ "$(grep -c refused weblog)" = 1 ]
}

@test "in a user namespace, where users look alike, nobody's reading is accepted" {
	"${web[@]}" unshare --user --map-current-user true 2>/dev/null ||
		skip "this machine makes no user namespace"
	history
	web=("${web[@]}" unshare --user --map-current-user)
	web_of_another
	say_as member '{"time":"2026-03-10T12:00:00Z"}'
	wait_for grep "refused" weblog
	health_is 503
}

@test "only lines of p1logger's format are accepted, even from the logger" {
	history
	web_of_another
	for line in '{"time":5}' '{"time":"x"}' '{}' '{"a":1}' \
		'{"time":"2026-03-10T12:00:00Z","power_import":1e400}' \
		'{"time":"2007-03-10T12:00:00Z"}' \
		'{"time":"2026-03-10T12:00:00Z","time":"2026-03-10T12:00:00Z"}'; do
		say_as logger "$line"
	done
	say_as logger '{"time":"2026-03-10T12:00:01Z"}'
	wait_for health_is 200
	get /metrics | grep -x 'p1_web_readings_total 1'
}

@test "a database that it may not read is 503, and read when it may" {
	history
	chmod 600 "$db"
	web_of_another
	for path in /api/v1/current /api/v1/history /plain; do
		run get "$path" -w '%{http_code}'
		[[ $output == *"cannot read the database: this user may not read it"*503 ]]
	done
	chmod 640 "$db"
	for path in /api/v1/current /api/v1/history /plain; do
		[ "$(status_of "$path")" = 200 ]
	done
}
