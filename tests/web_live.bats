#!/usr/bin/env bats
# Live readings for WebSocket clients written by others.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup 60
}

teardown() {
	web_teardown
}

clients_are() { # N
	get /metrics | grep -qx "p1_web_live_clients $1"
}

@test "the newest reading immediately, then each as p1logger reads it" {
	web
	say '{"time":"2026-03-10T10:59:00Z"}'
	receiver client listen 4 >heard
	wait_for has_lines heard 1
	[ "$(cat heard)" = '{"time":"2026-03-10T10:59:00Z"}' ]
	meter
	sed -i "s|^port = .*|port = $port|" "$ini"
	service
	wait_for has_lines heard 4
	sed 1d heard | python3 -c 'import json, sys
times = [json.loads(line)["time"] for line in sys.stdin]
assert times == sorted(set(times)) and len(times) == 3, times'
}

health_matches() { # PYTHON-EXPRESSION of d
	[ "$(get /health | values "$1")" = True ]
}

line_is() { # REGEX
	get /health | values 'd["line"]' | grep -Exq "$1"
}

@test "health says in a line and in numbers what the service does" {
	local taken

	taken=127.0.0.1:$(free_port)
	receiver socat "TCP-LISTEN:${taken#*:},bind=127.0.0.1,fork" OPEN:/dev/null
	wait_for bash -c "echo >/dev/tcp/${taken/://}"
	forward_to "[tcp]" "listen = $taken"
	web
	line_is "last [0-9]+ s ago"
	health_matches '"service" not in d and d["status"] == "silent"'
	meter --interval 1 --fault badcrc=0.4
	sed -i "s|^port = .*|port = $port|" "$ini"
	service
	wait_for line_is "$port, [0-9.]+/s, last [0-9] s ago, [0-9]+ refused, tcp disconnected"
	get /health | described /health
	health_matches 'd["service"]["port"] == "'"$port"'" and
		d["service"]["telegrams_per_s"] > 0 and d["status"] == "ok" and
		d["service"]["refused"]["crc"] > 0 and not d["service"]["lost"] and
		d["service"]["disconnected"] == ["tcp"]'
	stop_meter
	wait_for line_is "$port is lost, .*last [0-9]+ s ago.*"
	health_matches 'd["service"]["lost"]'
	stop_service
}

@test "health tells a service that fell silent from none" {
	paced
	web
	say '{"time":"2026-03-10T10:59:00Z"}
port tcp://meter:2001
rate 100
held 2
'
	wait_for line_is 'tcp://meter:2001, 0.1/s, last 0 s ago, 2 held'
	pass 29000 0
	line_is 'tcp://meter:2001, 0.1/s, last 29 s ago, 2 held'
	pass 2000 0
	line_is 'the service is silent, last 31 s ago'
	health_matches '"service" not in d'
}

@test "without a setting the feed is beside the database" {
	sed -i "s|^socket = .*|socket =|" "$ini"
	feed=$db.feed
	web
	[ "$(stat -c %a "$feed")" = 660 ]
	say '{"time":"2026-03-10T10:59:00Z"}'
	receiver client listen 2 >heard
	wait_for has_lines heard 1
	meter --seed 2
	sed -i "s|^port = .*|port = $port|" "$ini"
	p1logger --once -c "$ini"
	wait_for has_lines heard 2
	kill -TERM "$web_pid"
	wait "$web_pid"
	[ ! -e "$feed" ]
}

@test "socket = off disables it; a user who cannot create one beside the database does without" {
	sed -i "s|^socket = .*|socket = off|" "$ini"
	web
	[ ! -e "$db.feed" ]
	kill -TERM "$web_pid"
	wait "$web_pid"
	sed -i "s|^socket = .*|socket =|; s|^database = .*|database = $PWD/none/p1.db|" "$ini"
	web
	grep -q 'without a feed, only stored readings are shown: .*none/p1.db.feed' weblog
	grep -q 'the database .*none/p1.db does not exist yet' weblog
	[ "$(status_of /login)" = 200 ]
}

@test "a slow client skips readings; others get all" {
	web
	got=$(client lazy "$feed" 500)
	echo "$got of 500"
	[ "$got" -lt 500 ]
}

@test "node's WebSocket works too" {
	node -e 'process.exit(typeof WebSocket === "undefined")' 2>/dev/null ||
		skip "no node with a WebSocket"
	web
	say '{"time":"2026-03-10T11:00:00Z"}'
	[ "$(node -e 'const w = new WebSocket(process.argv[1]);
w.onmessage = m => { console.log(m.data); w.close(); }' "ws://127.0.0.1:$web_port/live")" = \
		'{"time":"2026-03-10T11:00:00Z"}' ]
}

@test "200 clients get a reading and disconnect" {
	web
	say '{"time":"2026-03-10T11:00:00Z"}'
	[ "$(client many 200)" = 200 ]
	wait_for clients_are 0
}

@test "an invalid JSON line is sent to nobody" {
	web
	say '{"time":"2026-03-10T11:00:00Z"}'
	say 'nonsense'
	say $'{"a":\n1}'
	[ "$(client listen 1)" = '{"time":"2026-03-10T11:00:00Z"}' ]
}

@test "two p1web do not share a feed; a killed one releases it" {
	web
	sed "s/^listen.*/listen = 127.0.0.1:$(free_port)/" "$ini" >second.ini
	run p1web -c second.ini
	ends 75 "$feed"
	kill -KILL "$web_pid"
	wait "$web_pid" || true
	[ -S "$feed" ]
	web
	say '{"time":"2026-03-10T11:00:00Z"}'
	[ "$(client listen 1)" = '{"time":"2026-03-10T11:00:00Z"}' ]
}
